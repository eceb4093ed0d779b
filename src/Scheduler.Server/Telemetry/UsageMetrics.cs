using Scheduler.State.Usage;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of usage; what it is, the report tells.</summary>
internal sealed class UsageMetrics(UsageBook book) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_usage_waiting", MetricKind.Gauge, "Hours of usage that have ended and wait to be kept in the store");
        sink.Sample(book.Waiting);
    }
}
