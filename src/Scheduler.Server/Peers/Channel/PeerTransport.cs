using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Scheduler.Server.Http.Tls;

namespace Scheduler.Server.Peers.Channel;

/// <summary>What connections to peers go over: HTTP/2, in the clear or over TLS as their addresses say.</summary>
internal sealed class PeerTransport : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PingWithin = TimeSpan.FromSeconds(5);

    /// <summary>A transport.</summary>
    /// <param name="tls">Our own certificate, which peers may share; null without TLS.</param>
    public PeerTransport(TlsFiles? tls = null) => Client = new HttpClient(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Patience,
        // A peer that hangs takes bytes for a while and answers nothing: this finds it out.
        KeepAlivePingDelay = Patience,
        KeepAlivePingTimeout = PingWithin,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        SslOptions = new SslClientAuthenticationOptions
        {
            // Replicas of one deployment mostly serve one certificate, whose authority this machine need not know.
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsOwn(certificate, tls),
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends requests to peers.</summary>
    public HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private static bool IsOwn(X509Certificate? shown, TlsFiles? tls) =>
        shown is not null && tls?.Certificate is { } own && own.Context.TargetCertificate.GetCertHash().AsSpan().SequenceEqual(shown.GetCertHash());
}
