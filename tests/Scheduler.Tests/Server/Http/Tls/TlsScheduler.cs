using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Http.Tls;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Http.Tls;

/// <summary>A scheduler with a plain address, an https address, and the files of the latter.</summary>
internal sealed class TlsScheduler : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public TlsScheduler()
    {
        Edge = new TestAuthority("edge", Root);
        using X509Certificate2 first = Edge.Issue("first");
        Serve(first, Edge);
    }

    /// <summary>Signs servers' certificates, below <see cref="Root"/>.</summary>
    public TestAuthority Edge { get; }

    public TestAuthority Root { get; } = new("root");

    /// <summary>Signs reporters' certificates.</summary>
    public TestAuthority Reporters { get; } = new("reporters");

    public LiveScheduler Scheduler { get; } = new();

    public string CertificatePath => _scratch.File("tls.crt");

    public string KeyPath => _scratch.File("tls.key");

    public string AuthoritiesPath => _scratch.File("reporters.crt");

    public TlsFiles Files => Scheduler.Services.GetRequiredService<TlsFiles>();

    public Uri Url => Scheduler.Urls[1];

    /// <summary>Puts a certificate, its key and its issuers in place.</summary>
    public void Serve(X509Certificate2 certificate, params TestAuthority[] issuers) => TestAuthority.Write(CertificatePath, KeyPath, certificate, issuers);

    public Task StartAsync(params (string, string)[] more) => Scheduler.StartAsync(
        [("Scheduler:Http:Url", "http://127.0.0.1:0;https://127.0.0.1:0"), ("Scheduler:Http:Tls:Certificate", CertificatePath), ("Scheduler:Http:Tls:Key", KeyPath), .. more]);

    /// <summary>Starts with <see cref="Reporters"/> as the reporters' authority.</summary>
    public Task StartWithAuthoritiesAsync()
    {
        File.WriteAllText(AuthoritiesPath, Reporters.Pem);
        return StartAsync(("Scheduler:Http:Tls:ReporterAuthorities", AuthoritiesPath));
    }

    /// <summary>A client that trusts <see cref="Root"/> alone, and so needs the intermediate sent.</summary>
    public HttpClient Client(Version? version = null, SslStreamCertificateContext? certificate = null, Action<string>? sees = null)
    {
        var handler = new SocketsHttpHandler { SslOptions = ClientOptions(certificate) };
        if (sees is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            {
                sees(shown!.Subject);
                return errors == SslPolicyErrors.None;
            };
        }
        return new HttpClient(handler) { BaseAddress = Url, DefaultRequestVersion = version ?? new Version(1, 1), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    /// <summary>Shakes hands and no more.</summary>
    /// <returns>The subject of the certificate that was shown.</returns>
    public async Task<string> HandshakeAsync(SslProtocols protocols = SslProtocols.None)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Url.Host, Url.Port);
        await using var tls = new SslStream(socket.GetStream());
        SslClientAuthenticationOptions options = ClientOptions(null);
        options.TargetHost = Url.Host;
        options.EnabledSslProtocols = protocols;
        await tls.AuthenticateAsClientAsync(options);
        return tls.RemoteCertificate!.Subject;
    }

    public async ValueTask DisposeAsync()
    {
        await Scheduler.DisposeAsync();
        _scratch.Dispose();
        Root.Dispose();
        Edge.Dispose();
        Reporters.Dispose();
    }

    private SslClientAuthenticationOptions ClientOptions(SslStreamCertificateContext? certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(Root.Public());
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy, ClientCertificateContext = certificate, AllowTlsResume = true };
    }
}
