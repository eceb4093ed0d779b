namespace Scheduler.Server.Http.Tls;

/// <summary>What authorities found of a client certificate.</summary>
/// <param name="By">The authorities.</param>
/// <param name="Standing">What it is worth to them.</param>
/// <param name="EndsAt">First instant at which it, or a certificate above it, is no longer in force.</param>
internal sealed record CertificateVerdict(CertificateAuthorities By, CertificateStanding Standing, DateTimeOffset EndsAt);
