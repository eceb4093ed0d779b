using System.ComponentModel.DataAnnotations;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Proxies;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>Addresses to listen on.</summary>
    /// <value>
    /// URLs of scheme <c>http</c> or <c>https</c> whose host is <c>localhost</c> or an IP address, separated by <c>;</c>; default
    /// <c>http://localhost:8080</c>. Demo mode and a first start without keys refuse anything but loopback.
    /// </value>
    public string Url { get; set; } = "http://localhost:8080";

    /// <summary>Scheme and host under which players reach this scheduler, for the addresses that it gives them.</summary>
    /// <value>
    /// A URL of scheme <c>http</c> or <c>https</c>, perhaps with a path, without a query; default none: as each call says, which is wrong behind a proxy that ends TLS.
    /// </value>
    public string? PublicUrl { get; set; }

    /// <summary>The certificate of <c>https</c> addresses, and who may report.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>Proxies whose word on the viewer's address is believed.</summary>
    /// <value>CIDR blocks or addresses; default none. Who is not in the list is a viewer, whatever headers it sends.</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The one header that the trusted proxies write; the other is never looked at.</summary>
    /// <value><c>x-forwarded-for</c> (the default) or <c>forwarded</c> (RFC 7239).</value>
    [AllowedValues(ForwardedField.XForwardedFor, ForwardedField.Forwarded, ErrorMessage = "Http:ForwardedHeader must be x-forwarded-for or forwarded")]
    public string ForwardedHeader { get; set; } = ForwardedField.XForwardedFor;

    /// <summary>What is wrong with the section; empty when nothing is.</summary>
    /// <param name="tlsToPeers">True when the address for peers is https.</param>
    /// <param name="grpc">Where gRPC listens; null for nowhere.</param>
    public IReadOnlyList<string> Problems(bool tlsToPeers = false, GrpcOptions? grpc = null)
    {
        var problems = new List<string>();
        if (!ListenUrl.TryParseAll(Url, out IReadOnlyList<ListenUrl> urls))
            problems.Add($"Scheduler:Http:Url must be an address such as http://localhost:8080 or https://0.0.0.0:8443, or several separated by ;, and is \"{Url}\"");
        else if (grpc is null || !grpc.TryRead(urls, out IReadOnlyList<ListenUrl> beside))
            problems.AddRange(grpc is null ? Tls.Problems(urls, tlsToPeers) : [$"Scheduler:Grpc:Url must be an address such as http://localhost:8081 or https://0.0.0.0:8444, several separated by ;, or off, and is \"{grpc.Url}\""]);
        else
            problems.AddRange(Tls.Problems([.. urls, .. beside], tlsToPeers));
        if (PublicUrl is not null && !IsPublicUrl(PublicUrl))
            problems.Add($"Scheduler:Http:PublicUrl must be an address such as https://scheduler.example, and is \"{PublicUrl}\"");
        if (!Http.Proxies.TrustedProxies.TryParse(TrustedProxies, out _, out string? fault)) problems.Add($"Scheduler:Http:TrustedProxies: {fault}");
        return problems;
    }

    private static bool IsPublicUrl(string url) =>
        url.Length <= PublicAddress.MaxBaseLength && url.All(c => char.IsAsciiLetterOrDigit(c) || "-._~:/[]".Contains(c, StringComparison.Ordinal))
        && Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);
}
