using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of the plan.</summary>
internal sealed class PlanMetrics(PlanLoop plans, ControlLoop control, SchedulerClock clock) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        PlanStatus? status = plans.Status;
        sink.Family("scheduler_plan_solves_total", MetricKind.Counter, "Plans solved, by what had moved and what became of them");
        foreach (PlanReason reason in Enum.GetValues<PlanReason>())
        {
            foreach (PlanOutcome outcome in Enum.GetValues<PlanOutcome>())
                sink.Sample(plans.Solves(reason, outcome), MetricLabel.Of("reason", reason), MetricLabel.Of("outcome", outcome));
        }
        sink.Family("scheduler_plan_in_use", MetricKind.Gauge, "1 while a plan's prices are in force, 0 while live load alone decides");
        sink.Sample(control.Prices?.HoldAt(clock.NowMs) == true ? 1 : 0);
        sink.Family("scheduler_plan_age_seconds", MetricKind.Gauge, "Time since the plan was last found to hold");
        if (status is not null) sink.Sample(status.Prices.AgeMs(clock.NowMs) / 1_000.0);
        sink.Family("scheduler_plan_gap", MetricKind.Gauge, "How much dearer than the best the plan in force can be at most, as a share");
        if (status is not null) sink.Sample(status.Gap);
        sink.Family("scheduler_plan_solve_seconds", MetricKind.Gauge, "How long the last solution took");
        if (status is not null) sink.Sample(status.LatestTookMs / 1_000);
    }
}
