using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Scheduler.Server.Http.Tls;

/// <summary>How connections are taken: in the clear, or by a handshake with the certificate that holds at that moment.</summary>
/// <param name="files">Tells where the certificate is; null without TLS.</param>
/// <param name="time">The calendar.</param>
internal sealed class TlsListening(Func<TlsFiles?> files, TimeProvider time)
{
    /// <summary>Makes the server listen.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="urls">Where.</param>
    /// <param name="configure">Sets up the connections further; null for no more.</param>
    public void Listen(KestrelServerOptions kestrel, IReadOnlyList<ListenUrl> urls, Action<ListenOptions>? configure = null)
    {
        foreach (ListenUrl url in urls)
        {
            url.Listen(kestrel, connections =>
            {
                configure?.Invoke(connections);
                if (url.IsTls) connections.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = hello => ValueTask.FromResult(Handshake(hello.Connection)) });
            });
        }
    }

    private SslServerAuthenticationOptions Handshake(BaseConnectionContext connection)
    {
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = files()?.Certificate?.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (files()?.Authorities is not { } authorities) return handshake;
        handshake.ClientCertificateRequired = true; // is asked for; the callback says that there need not be one
        handshake.AllowTlsResume = false; // a resumed session has the client's certificate, but not the intermediates that came with it
        handshake.CertificateChainPolicy = authorities.PolicyAt(time.GetUtcNow());
        handshake.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is not null) connection.Features.Set(Keep(certificate, chain));
            return true; // ReporterGate judges it, when its bearer reports
        };
        return handshake;
    }

    /// <summary>Copies what was shown: the handshake's own objects do not outlive it.</summary>
    private static ClientCertificate Keep(X509Certificate certificate, X509Chain? chain)
    {
        ImmutableArray<ReadOnlyMemory<byte>> issuers = chain is null ? [] : [.. chain.ChainPolicy.ExtraStore.Select(issuer => new ReadOnlyMemory<byte>(issuer.RawData))];
        return new ClientCertificate(certificate.GetRawCertData(), issuers);
    }
}
