using Scheduler.Server.Http;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Grpc</c>.</summary>
public sealed class GrpcOptions
{
    /// <summary>Where gRPC listens unless told otherwise, beside the usual port of HTTP.</summary>
    internal const int DefaultPort = 8081;

    private const int UsualHttpPort = 8080;
    private const string Off = "off";

    /// <summary>Addresses on which gRPC is spoken, and nothing else: <c>http</c> for HTTP/2 in the clear with prior knowledge, <c>https</c> for TLS.</summary>
    /// <value>
    /// URLs as in <see cref="HttpOptions.Url"/>, or <c>off</c>. Default: port 8081 of the first address of <see cref="HttpOptions.Url"/> where that has port 8080, a free port where
    /// that takes a free port, else none. Whatever is set, gRPC is spoken on every <c>https</c> address of HTTP too.
    /// </value>
    public string? Url { get; set; }

    /// <summary>Reads the addresses.</summary>
    /// <param name="http">The addresses of HTTP.</param>
    /// <param name="urls">Where to listen; none for nowhere.</param>
    /// <returns>False when the setting is no address.</returns>
    internal bool TryRead(IReadOnlyList<ListenUrl> http, out IReadOnlyList<ListenUrl> urls)
    {
        urls = [];
        if (Url is { Length: > 0 } text) return text.Equals(Off, StringComparison.OrdinalIgnoreCase) || ListenUrl.TryParseAll(text, out urls);
        if (http is [{ Port: UsualHttpPort or 0 } beside, ..]) urls = [beside with { Port = beside.Port == 0 ? 0 : DefaultPort }];
        return true;
    }
}
