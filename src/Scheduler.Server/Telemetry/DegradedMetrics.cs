using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Drains;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of what is not as it should be.</summary>
internal sealed class DegradedMetrics(Readiness readiness, ConfigurationCentre centre, ControlLoop control, LocalDrainBook local) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_degraded", MetricKind.Gauge, "1 for each degraded mode that holds now, by its name");
        foreach (string mode in readiness.Degraded().Select(NameOf).Distinct()) sink.Sample(1, new MetricLabel("mode", mode));
        sink.Family("scheduler_configuration_stale", MetricKind.Gauge, "1 while the store has not been reached and changes are refused");
        sink.Sample(readiness.Stale() is null ? 0 : 1);
        sink.Family(
            "scheduler_configuration_confirmed_timestamp_seconds", MetricKind.Gauge, "When the store last said that the configuration in force is the newest, Unix time");
        if (centre.ConfirmedAt is { } confirmed) sink.Sample(confirmed.ToUnixTimeMilliseconds() / 1_000.0);
        sink.Family("scheduler_local_drains", MetricKind.Gauge, "Drains in force that stand in no revision yet");
        sink.Sample(local.Drains.All.Count(drain => drain.End is null));
        sink.Family("scheduler_frozen", MetricKind.Gauge, "1 while last states are served from because most sites fell silent at once");
        sink.Sample(control.Frozen ? 1 : 0);
        sink.Family("scheduler_panicked_regions", MetricKind.Gauge, "Regions whose players' failure reports are not believed");
        sink.Sample(control.PanickedRegions);
        sink.Family("scheduler_ejections_total", MetricKind.Counter, "Nodes taken out by players' failure reports");
        sink.Sample(control.Ejections);
        sink.Family("scheduler_policy_unknown_cells", MetricKind.Gauge, "Cells that the policy names and the map in force does not have");
        sink.Sample(control.UnknownPolicyCells);
    }

    /// <summary>What stands before the colon: the rest is for people, and never twice the same.</summary>
    private static string NameOf(string mode) => mode.Split(':', 2)[0];
}
