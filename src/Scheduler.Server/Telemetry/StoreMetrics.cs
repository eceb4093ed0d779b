using Scheduler.Server.Hosting;
using Scheduler.State.Auditing;
using Scheduler.State.Ports;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of the store, and of what is written there beside requests.</summary>
internal sealed class StoreMetrics(Stores stores, AuditTrail audit, StoreWatchService? watch = null) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        if (stores.Durations is { } durations)
        {
            sink.Family("scheduler_store_duration_seconds", MetricKind.Histogram, "How long calls of the store take, by what they do");
            sink.Durations(durations.Reads.Read(), new MetricLabel("call", "read"));
            sink.Durations(durations.Writes.Read(), new MetricLabel("call", "write"));
        }
        sink.Family("scheduler_audit_records_total", MetricKind.Counter, "Records of admin calls written");
        sink.Sample(audit.Written);
        sink.Family("scheduler_audit_dropped_total", MetricKind.Counter, "Records of admin calls that found no place");
        sink.Sample(audit.Dropped);
        if (watch is null) return;
        sink.Family("scheduler_store_reachable", MetricKind.Gauge, "1 while the shared store answers");
        sink.Sample(watch.IsReachable ? 1 : 0);
        sink.Family("scheduler_store_failures_total", MetricKind.Counter, "Failures of the shared store that this replica met while it watched it, by what it did");
        sink.Sample(watch.FailedReads, new MetricLabel("call", "read"));
        sink.Sample(watch.FailedListenings, new MetricLabel("call", "listen"));
    }
}
