using System.Collections.Immutable;

namespace Scheduler.Server.Http.Tls;

/// <summary>
/// The certificate that a client showed when its connection began: a feature of the connection, which requests see too. The handshake takes any, so
/// that a wrong one spoils reports only, and they are told why; what it is worth is found once and again when the authorities change or it ends.
/// </summary>
/// <param name="leaf">The client's own certificate, DER. The client has proven that it holds its key.</param>
/// <param name="issuers">What it sent with it, DER.</param>
internal sealed class ClientCertificate(ReadOnlyMemory<byte> leaf, ImmutableArray<ReadOnlyMemory<byte>> issuers)
{
    private CertificateVerdict? _verdict;

    /// <summary>The client's own certificate, DER.</summary>
    public ReadOnlyMemory<byte> Leaf => leaf;

    /// <summary>What it sent with it, DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Issuers => issuers;

    /// <summary>What the certificate is worth now. Builds a chain for the first request of a connection; allocates nothing for the others.</summary>
    /// <param name="authorities">The authorities in force.</param>
    /// <param name="now">The calendar's time.</param>
    public CertificateStanding StandingAt(CertificateAuthorities authorities, DateTimeOffset now)
    {
        CertificateVerdict? verdict = Volatile.Read(ref _verdict);
        if (verdict is null || !ReferenceEquals(verdict.By, authorities))
        {
            verdict = authorities.Judge(this, now);
            Volatile.Write(ref _verdict, verdict);
        }
        return verdict.Standing == CertificateStanding.Verified && now >= verdict.EndsAt ? CertificateStanding.OutOfTime : verdict.Standing;
    }
}
