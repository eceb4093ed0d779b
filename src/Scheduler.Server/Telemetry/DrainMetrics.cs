using Scheduler.Core.Drains;
using Scheduler.State.Drains;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of drains.</summary>
internal sealed class DrainMetrics(DrainLoop drains)
{
    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Adds a value: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_drains", "gauge", "Drains, by phase");
        foreach (DrainPhase phase in Enum.GetValues<DrainPhase>())
            if (phase != DrainPhase.Cancelled) sample("scheduler_drains", $"phase=\"{MetricsText.Name(phase)}\"", drains.Progress.Count(p => p.Phase == phase));
        family("scheduler_migrations_total", "counter", "Sessions of drained nodes that went where they were asked to");
        sample("scheduler_migrations_total", null, drains.Gate.Moved);
        family("scheduler_migration_verdicts_total", "counter", "What sessions on drained nodes were told at their beats");
        foreach (MigrationVerdict verdict in Enum.GetValues<MigrationVerdict>())
            sample("scheduler_migration_verdicts_total", $"verdict=\"{MetricsText.Name(verdict)}\"", drains.Gate.Count(verdict));
        family("scheduler_relocations_total", "counter", "Sessions asked to leave a site that serves for a much better one");
        sample("scheduler_relocations_total", null, drains.Gate.Relocated);
        PerDrain("scheduler_drain_admitting_ratio", "Share of a drained target's free part that is open to new sessions", p => p.Admitting);
        PerDrain("scheduler_drain_sessions_left", "Live sessions at a drained target", p => p.SessionsLeft);
        PerDrain("scheduler_drain_left_bps", "What the live sessions at a drained target weigh", p => p.KbpsLeft * 1_000.0);

        void PerDrain(string name, string help, Func<DrainProgress, double> value)
        {
            family(name, "gauge", help);
            foreach (DrainProgress progress in drains.Progress) sample(name, $"drain=\"{progress.Drain.Id}\"", value(progress));
        }
    }
}
