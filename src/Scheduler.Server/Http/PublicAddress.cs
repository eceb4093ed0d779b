using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Scheduler.Core.Topology;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Http;

/// <summary>The address under which the outside knows this scheduler: as configured, or else as each call says.</summary>
internal sealed class PublicAddress(HttpOptions options)
{
    /// <summary>Longest scheme and authority, bytes.</summary>
    public const int MaxBaseLength = 320;

    private readonly byte[]? _configured = options.PublicUrl is { } url ? Encoding.ASCII.GetBytes(url.TrimEnd('/')) : null;

    /// <summary>Writes scheme and authority.</summary>
    /// <param name="context">The request.</param>
    /// <param name="room">Where to; at least <see cref="MaxBaseLength"/> bytes.</param>
    /// <returns>What was written; nothing when the call does not say, or says what is no host.</returns>
    public ReadOnlySpan<byte> Base(HttpContext context, Span<byte> room)
    {
        if (_configured is { } url)
        {
            url.CopyTo(room);
            return room[..url.Length];
        }
        // The host goes into addresses that the caller alone reads, and still nothing but a host may get there.
        string? host = context.Request.Host.Value;
        if (string.IsNullOrEmpty(host) || host.Length > MaxBaseLength - 8 || !HostPort.IsValid(host)) return default;
        ReadOnlySpan<byte> scheme = context.Request.IsHttps ? "https://"u8 : "http://"u8;
        scheme.CopyTo(room);
        return room[..(scheme.Length + Encoding.ASCII.GetBytes(host, room[scheme.Length..]))];
    }

    /// <summary>Most bytes that <see cref="Write"/> needs for a call.</summary>
    public int LengthOf(HttpContext context) => MaxBaseLength + (3 * TargetOf(context).Length);

    /// <summary>Writes the whole address of a call, path and query as they were sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="room">Where to; at least <see cref="LengthOf"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(HttpContext context, Span<byte> room)
    {
        int length = Base(context, room).Length;
        return length + Encoding.UTF8.GetBytes(TargetOf(context), room[length..]);
    }

    /// <summary>Path and query as they were sent; of a call in the absolute form, which only proxies send, as the server understood them.</summary>
    public static string TargetOf(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : context.Request.Path.ToUriComponent() + context.Request.QueryString.Value;
}
