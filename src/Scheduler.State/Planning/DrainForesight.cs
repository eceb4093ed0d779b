using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.State.Control;

namespace Scheduler.State.Planning;

/// <summary>
/// Foresees drains: the plan in force without the target, for what is asked for now and for the busiest moment until the drain ends, and what the guards say of
/// it. Reads the planner's last plan and never makes it wait. Calls come one after the other.
/// </summary>
/// <param name="plans">Gives the plan in force.</param>
/// <param name="control">Gives the nodes.</param>
/// <param name="day">What is known of the last day.</param>
/// <param name="rules">How much of a region may be drained at once.</param>
/// <param name="clock">The time.</param>
public sealed class DrainForesight(PlanLoop plans, ControlLoop control, DemandDay day, DrainRules rules, SchedulerClock clock)
{
    private readonly Lock _gate = new();
    private ForesightWorkspace? _workspace;

    /// <summary>Foresees a drain; null where there is no plan to judge it by: none was made yet, or the last one is stale.</summary>
    /// <param name="present">Fleet, and the drains that hold or will hold.</param>
    /// <param name="nodes">Positions in the fleet's nodes of what is to be drained.</param>
    /// <param name="from">When the drain is to begin; now or later.</param>
    /// <param name="until">When it is to end.</param>
    public DrainOutlook? Look(Configuration present, ImmutableArray<int> nodes, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(present);
        lock (_gate)
        {
            using Use use = Prepare(present, nodes);
            if (use.Workspace is not { } workspace) return null;
            DateTimeOffset now = clock.UtcNow, first = from > now ? from : now; // one that begins later is not judged by what is asked for now
            var moments = ImmutableArray.CreateBuilder<DrainMoment>(2);
            moments.Add(workspace.Judge(day, now, first));
            DateTimeOffset busiest = workspace.Busiest(day, now, first, until);
            if (busiest != first) moments.Add(workspace.Judge(day, now, busiest));

            ImmutableArray<DrainRefusal> region = RegionGuard.Judge(present.Fleet, workspace.Others, workspace.Target, rules);
            BackhaulOutlook backhaul = workspace.Backhaul();
            ImmutableArray<DrainRefusal> links = backhaul.IsFeasible
                ? []
                : [new DrainRefusal(DrainRefusalKind.Infeasible, ShortageText.Of(backhaul.Shortages[0], workspace.Fleet))];
            ImmutableArray<DrainRefusal> refusals = [.. moments.SelectMany(moment => moment.Refusals).Concat(links).Concat(region).DistinctBy(refusal => refusal.Kind)];
            return new DrainOutlook(
                present.Revision, workspace.Fleet, workspace.Cells, workspace.WholeSites(), nodes.Length, workspace.TargetKbps(), moments.ToImmutable(),
                day.IsWhole ? ForecastSource.Measured : ForecastSource.Shape, refusals)
            {
                Backhaul = backhaul,
            };
        }
    }

    /// <summary>
    /// Foresees for how long a site could be drained from now on; null where there is no plan to judge it by, and for a site that may carry nothing as it is.
    /// </summary>
    /// <param name="present">Fleet, and the drains that hold or will hold.</param>
    /// <param name="nodes">Positions in the fleet's nodes of what would be drained.</param>
    /// <param name="until">How far to look.</param>
    public DrainStanding? Stand(Configuration present, ImmutableArray<int> nodes, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(present);
        lock (_gate)
        {
            using Use use = Prepare(present, nodes);
            if (use.Workspace is not { TakesAny: true } workspace) return null;
            DateTimeOffset now = clock.UtcNow;
            ImmutableArray<DrainRefusal> region = RegionGuard.Judge(present.Fleet, workspace.Others, workspace.Target, rules);
            if (!region.IsEmpty) return new DrainStanding(now, region[0].Detail, clock.NowMs);
            ImmutableArray<DrainRefusal> live = workspace.RefusalsAt(day, now, now);
            if (!live.IsEmpty) return new DrainStanding(now, live[0].Detail, clock.NowMs);
            DateTimeOffset busiest = workspace.Busiest(day, now, now, until);
            if (busiest == now) return new DrainStanding(null, null, clock.NowMs);
            ImmutableArray<DrainRefusal> peak = workspace.RefusalsAt(day, now, busiest);
            if (peak.IsEmpty) return new DrainStanding(null, null, clock.NowMs);

            // Somewhere between now and the busiest moment it turns: a quarter of an hour is as near as a forecast is worth.
            int good = 0, bad = (int)((busiest - now) / ForesightWorkspace.Step);
            string why = peak[0].Detail;
            while (bad - good > 1)
            {
                int middle = (good + bad) / 2;
                ImmutableArray<DrainRefusal> refusals = workspace.RefusalsAt(day, now, now + (middle * ForesightWorkspace.Step));
                if (refusals.IsEmpty) good = middle;
                else (bad, why) = (middle, refusals[0].Detail);
            }
            return new DrainStanding(now + (good * ForesightWorkspace.Step), why, clock.NowMs);
        }
    }

    /// <summary>Notes what is asked for now, for forecasts.</summary>
    public void Remember()
    {
        lock (_gate)
        {
            if (plans.Status is not { } status || !status.Prices.HoldAt(clock.NowMs)) return;
            if (_workspace is null || !_workspace.IsFor(status.InForce)) _workspace = new ForesightWorkspace(status.InForce, control);
            day.Observe(_workspace.Longitudes, status.InForce.Plan.Problem.DemandMbps, clock.UtcNow);
            _workspace.LetGo();
        }
    }

    private Use Prepare(Configuration present, ImmutableArray<int> nodes)
    {
        if (plans.Status is not { } status || !status.Prices.HoldAt(clock.NowMs)) return default;
        PlanInForce held = status.InForce;
        if (_workspace is null || !_workspace.IsFor(held)) _workspace = new ForesightWorkspace(held, control);
        _workspace.Take(held, present, nodes, clock.UtcNow);
        return new Use(_workspace);
    }

    /// <summary>The workspace for as long as one drain is judged; null where there is no plan.</summary>
    private readonly struct Use(ForesightWorkspace? workspace) : IDisposable
    {
        /// <summary>The workspace.</summary>
        public ForesightWorkspace? Workspace => workspace;

        /// <inheritdoc/>
        public void Dispose() => workspace?.LetGo();
    }
}
