using Scheduler.Core.Drains;
using Scheduler.State.Drains;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of drains.</summary>
internal sealed class DrainMetrics(DrainLoop drains) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_drains", MetricKind.Gauge, "Drains, by phase");
        foreach (DrainPhase phase in Enum.GetValues<DrainPhase>())
            if (phase != DrainPhase.Cancelled) sink.Sample(drains.Progress.Count(p => p.Phase == phase), MetricLabel.Of("phase", phase));
        sink.Family("scheduler_migrations_total", MetricKind.Counter, "Sessions of drained nodes that went where they were asked to");
        sink.Sample(drains.Gate.Moved);
        sink.Family("scheduler_migration_verdicts_total", MetricKind.Counter, "What sessions on drained nodes were told at their beats");
        foreach (MigrationVerdict verdict in Enum.GetValues<MigrationVerdict>())
            sink.Sample(drains.Gate.Count(verdict), MetricLabel.Of("verdict", verdict));
        sink.Family("scheduler_relocations_total", MetricKind.Counter, "Sessions asked to leave a site that serves for a much better one");
        sink.Sample(drains.Gate.Relocated);
        PerDrain("scheduler_drain_admitting_ratio", "Share of a drained target's free part that is open to new sessions", p => p.Admitting);
        PerDrain("scheduler_drain_sessions_left", "Live sessions at a drained target", p => p.SessionsLeft);
        PerDrain("scheduler_drain_left_bps", "What the live sessions at a drained target weigh", p => p.KbpsLeft * 1_000.0);

        void PerDrain(string name, string help, Func<DrainProgress, double> value)
        {
            sink.Family(name, MetricKind.Gauge, help);
            foreach (DrainProgress progress in drains.Progress) sink.Sample(value(progress), new MetricLabel("drain", progress.Drain.Id));
        }
    }
}
