using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Server.Http.Tls;

/// <summary>The authorities that issue reporters' certificates. Neither the machine's roots nor the network are asked.</summary>
/// <param name="roots">Those that signed themselves: a chain must end in one.</param>
/// <param name="intermediates">Others, for clients that send no intermediates.</param>
internal sealed class CertificateAuthorities(X509Certificate2Collection roots, X509Certificate2Collection intermediates)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Named to clients in the handshake, so that a browser with other certificates does not offer them.</summary>
    public X509Certificate2Collection Roots => roots;

    /// <summary>How a chain of certificates must be built.</summary>
    /// <param name="now">When it must be in force.</param>
    public X509ChainPolicy PolicyAt(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A stranger's certificate may name any address to fetch its issuer or its revocation from: nothing is fetched.
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTimeIgnored = false,
            VerificationTime = now.UtcDateTime,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(intermediates);
        return policy;
    }

    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">As the client showed it.</param>
    /// <param name="now">The calendar's time.</param>
    public CertificateVerdict Judge(ClientCertificate certificate, DateTimeOffset now)
    {
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(certificate.Leaf.Span);
        using var chain = new X509Chain { ChainPolicy = PolicyAt(now) };
        foreach (ReadOnlyMemory<byte> issuer in certificate.Issuers) chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(issuer.Span));
        bool isWhole = chain.Build(leaf);
        var endsAt = new DateTimeOffset(chain.ChainElements.Select(element => element.Certificate.NotAfter.ToUniversalTime()).DefaultIfEmpty().Min(), TimeSpan.Zero);
        return new CertificateVerdict(this, Standing(leaf, isWhole, chain), endsAt);
    }

    private static CertificateStanding Standing(X509Certificate2 leaf, bool isWhole, X509Chain chain)
    {
        // A certificate that names no use would pass as one for every use: a reporter's must name this one.
        bool isForClients = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(uses => uses.EnhancedKeyUsages.OfType<Oid>().Any(use => use.Value == ClientAuthentication));
        if (isWhole) return isForClients ? CertificateStanding.Verified : CertificateStanding.WrongUse;
        X509ChainStatusFlags faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return faults switch
        {
            X509ChainStatusFlags.NotTimeValid => CertificateStanding.OutOfTime,
            X509ChainStatusFlags.NotValidForUsage => CertificateStanding.WrongUse,
            _ => CertificateStanding.Untrusted,
        };
    }
}
