namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>The metrics of the decision log.</summary>
internal sealed class DecisionLogMetrics(DecisionQueue queue, DecisionLogService log) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_decision_log_records_total", MetricKind.Counter, "Lines written to the decision log");
        sink.Sample(log.Written);
        sink.Family("scheduler_decision_log_dropped_total", MetricKind.Counter, "Sampled decisions that did not get into the decision log");
        sink.Sample(queue.Dropped);
    }
}
