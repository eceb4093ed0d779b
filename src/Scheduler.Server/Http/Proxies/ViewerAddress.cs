using System.Net;
using Scheduler.Core.Geo;
using Scheduler.Server.Telemetry;

namespace Scheduler.Server.Http.Proxies;

/// <summary>
/// Makes the viewer's address the remote address of a call that came through a trusted proxy. First in the pipeline: nothing behind it needs to know of
/// proxies. Of any other peer the headers are not looked at.
/// </summary>
internal sealed class ViewerAddress(RequestDelegate next, TrustedProxies proxies, Counters counters, Hosting.HttpOptions options)
{
    private readonly bool _hasQuotes = options.ForwardedHeader == ForwardedField.Forwarded;

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } remote && IpKey.From(remote) is var peer && proxies.Contains(peer))
            context.Connection.RemoteIpAddress = AddressBehind(remote, peer, context.Request.Headers);
        return next(context);
    }

    /// <summary>
    /// The viewer's address; when he is not known, the nearest hop that is, which at least is in his direction. But loopback is in nobody's direction, and
    /// is a right in demo mode: then there is none.
    /// </summary>
    private IPAddress? AddressBehind(IPAddress remote, IpKey peer, IHeaderDictionary headers)
    {
        ForwardedViewer viewer = proxies.Walk(peer, headers[options.ForwardedHeader], _hasQuotes);
        IPAddress address = viewer.Address == peer ? remote : viewer.Address.ToIPAddress();
        if (viewer.IsKnown) return address;
        counters.ViewerUnknown();
        return IPAddress.IsLoopback(address) ? null : address;
    }
}
