using System.Net;

namespace Scheduler.Server.Security;

/// <summary>
/// What demo mode lets in without a key: callers on this machine. A web page that the machine's user visits is on this machine too, but is no one
/// who may drain a site; so admin calls are checked for it.
/// </summary>
internal static class DemoAccess
{
    /// <summary>
    /// True when the caller's address is loopback and no proxy had the call in hand: one on this machine makes the whole world look like loopback. An
    /// unknown address is not.
    /// </summary>
    public static bool IsLoopback(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !IsForwarded(context.Request.Headers);

    /// <summary>Why an admin call without a key is refused although it comes from loopback; null when it is let in.</summary>
    public static string? Refusal(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;

        // A name that an attacker's DNS points at 127.0.0.1 would make its page same-origin with us: only names that cannot be so pointed pass.
        if (!IsLoopbackName(context.Request.Host.Host)) return "without a key the scheduler must be called as localhost";

        string? site = headers["Sec-Fetch-Site"];
        if (site is not (null or "same-origin" or "none")) return "a call from another site's page needs a key, in demo mode too";

        string? origin = headers.Origin;
        string own = $"{context.Request.Scheme}://{context.Request.Host.Value}";
        return origin is null || origin.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? null
            : "a call from another site's page needs a key, in demo mode too";
    }

    /// <summary>True when any header that proxies are known to add is there, whether its proxy is trusted or not.</summary>
    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Real-IP") || headers.ContainsKey("Via");

    private static bool IsLoopbackName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
