using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Scheduler.Server.Http;

/// <summary>One address to listen on.</summary>
/// <param name="IsTls">True for <c>https</c>.</param>
/// <param name="Address">The address; null for <c>localhost</c>, which is loopback of both families.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
internal sealed record ListenUrl(bool IsTls, IPAddress? Address, int Port)
{
    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Reads addresses separated by <c>;</c>.</summary>
    /// <param name="text">One at least. A host is <c>localhost</c> or an IP address: a name would be listened on at every address, which nobody who wrote a name means.</param>
    /// <param name="urls">The addresses, in order.</param>
    public static bool TryParseAll(string text, out IReadOnlyList<ListenUrl> urls)
    {
        var all = new List<ListenUrl>();
        urls = all;
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse(part, out ListenUrl? url)) return false;
            all.Add(url);
        }
        return all.Count > 0;
    }

    /// <summary>Makes the server listen here.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="configure">Sets up the connections.</param>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (Address is null) kestrel.ListenLocalhost(Port, configure);
        else kestrel.Listen(Address, Port, configure);
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out ListenUrl? url)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) return false;
        if (uri.PathAndQuery is not "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return false;
        IPAddress? address = null;
        if (!uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out address)) return false;
        url = new ListenUrl(uri.Scheme == Uri.UriSchemeHttps, address, uri.Port);
        return true;
    }
}
