using Scheduler.State;

namespace Scheduler.Server.Http.Tls;

/// <summary>Lets nodes report only over a connection that began with a certificate of the reporters' authorities, when there are any.</summary>
/// <param name="clock">The calendar.</param>
/// <param name="tls">What is read from files; null without TLS.</param>
internal sealed class ReporterGate(SchedulerClock clock, TlsFiles? tls = null)
{
    /// <summary>Why a report is refused, in words; null when it may pass on to the check of its key.</summary>
    /// <param name="context">The request.</param>
    public string? Refusal(HttpContext context)
    {
        if (tls?.Authorities is not { } authorities) return null;
        CertificateStanding standing = context.Features.Get<ClientCertificate>()?.StandingAt(authorities, clock.UtcNow) ?? CertificateStanding.Absent;
        return standing switch
        {
            CertificateStanding.Verified => null,
            CertificateStanding.Absent => "a report needs a client certificate, and this connection began without one",
            CertificateStanding.OutOfTime => "the client certificate, or an authority above it, is not in force yet or has expired",
            CertificateStanding.WrongUse => "the client certificate does not say that it is for client authentication (extended key usage clientAuth)",
            _ => "the client certificate was not issued by an authority of reporters",
        };
    }
}
