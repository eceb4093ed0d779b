using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Http.Tls;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of where calls come in: proxies, TLS, limits, overload.</summary>
internal sealed class EdgeMetrics(
    Counters counters, OperationsFeed operations, AdmissionGate gate, RefusalHold hold, OverloadWatch watch, RateLimits limits, TlsFiles? tls = null) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_forwarded_unknown_total", MetricKind.Counter, "Calls of trusted proxies that did not tell the viewer's address");
        sink.Sample(counters.UnknownViewers);
        sink.Family("scheduler_watch_followers", MetricKind.Gauge, "Callers that follow what changes now");
        sink.Sample(operations.Followers);
        sink.Family("scheduler_watch_dropped_total", MetricKind.Counter, "Callers that followed what changes, did not keep up, and were dropped");
        sink.Sample(operations.Dropped);
        Overload(sink);
        if (tls is null) return;
        sink.Family("scheduler_tls_certificate_expiry_timestamp_seconds", MetricKind.Gauge, "When the certificate of new connections expires, Unix time");
        if (tls.Certificate is { } certificate) sink.Sample(certificate.EndsAt.ToUnixTimeSeconds());
        sink.Family("scheduler_tls_files_refused", MetricKind.Gauge, "1 while TLS files cannot be used and what they held before is");
        if (tls.Certificate is not null) sink.Sample(tls.IsRefused ? 1 : 0);
    }

    private void Overload(IMetricSink sink)
    {
        sink.Family("scheduler_overload_delay_seconds", MetricKind.Gauge, "Time that work waits in the thread pool");
        sink.Sample(watch.DelayMs / 1_000);
        sink.Family("scheduler_overload_level", MetricKind.Gauge, "Refused: 0 nothing, 1 new sessions, 2 beats as well, 3 reports as well");
        sink.Sample(gate.Level);
        sink.Family("scheduler_overload_refused_total", MetricKind.Counter, "Calls refused by overload, by class");
        foreach (CallClass call in Enum.GetValues<CallClass>()) sink.Sample(gate.Refused(call), MetricLabel.Of("class", call));
        sink.Family("scheduler_overload_held", MetricKind.Gauge, "Refusals that are held back");
        sink.Sample(hold.Held);
        sink.Family("scheduler_rate_limited_total", MetricKind.Counter, "Calls beyond their caller's limit, by limit");
        foreach (RateLimiter limit in limits.All) sink.Sample(limit.Refused, new MetricLabel("limit", limit.Name));
    }
}
