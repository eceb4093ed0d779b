using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Tests.Server.Http.Tls;

/// <summary>A certificate authority made for a test, in force for a day before and after now.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name, TestAuthority? parent = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (parent is null)
        {
            _certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
            return;
        }
        using X509Certificate2 bare = request.Create(parent._certificate, now.AddDays(-29), now.AddDays(29), RandomNumberGenerator.GetBytes(8));
        _certificate = bare.CopyWithPrivateKey(key);
    }

    /// <summary>The authority's certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>The authority's certificate without its key.</summary>
    public X509Certificate2 Public() => X509CertificateLoader.LoadCertificate(_certificate.RawData);

    /// <summary>Issues a certificate with its key, for 127.0.0.1.</summary>
    public X509Certificate2 Issue(string name, string? use = ServerUse, double fromDays = -1, double toDays = 1)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        if (use is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 bare = request.Create(_certificate, now.AddDays(fromDays), now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a certificate, its issuers and its key, each file whole.</summary>
    public static void Write(string certificatePath, string keyPath, X509Certificate2 certificate, params TestAuthority[] issuers)
    {
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem() + "\n" + string.Concat(issuers.Select(issuer => issuer.Pem)));
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();
}
