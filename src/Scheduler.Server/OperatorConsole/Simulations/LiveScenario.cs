using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;

namespace Scheduler.Server.OperatorConsole.Simulations;

/// <summary>Makes a scenario of the fleet as it stands: with what its nodes can carry now, without those that are drained or out of service, and with its viewers.</summary>
internal sealed class LiveScenario(SnapshotPublisher publisher, ControlLoop control, PlanLoop plans, SchedulerClock clock)
{
    /// <summary>When it happens, s of virtual time: before, the run settles and is measured undisturbed.</summary>
    private const double FaultAtS = 120;

    /// <summary>Time that is watched after it is over, s.</summary>
    private const double AfterS = 120;

    /// <summary>Sessions of the simulation; each stands for as many viewers as it takes. More take longer and show no more.</summary>
    private const int MostSessions = 15_000;

    private const double SecondsPerHour = 3_600;

    /// <summary>The scenario; null while there is no fleet.</summary>
    public Scenario? Of(SimulationOrder order)
    {
        if (publisher.Current is not { } snapshot) return null;
        Fleet fleet = Serving(snapshot);
        double forS = order.Minutes * 60;
        var scenario = new Scenario
        {
            Name = "live-fleet",
            Summary = $"{order.Question}, for {Display.Span(TimeSpan.FromMinutes(order.Minutes))}? The fleet as it stood at {Display.Time(clock.UtcNow)} UTC, "
                + (order.Fill is { } share ? $"with viewers for {Display.Percent(share)} of its capacity where people live." : "with the viewers of then, as they would be at that hour."),
            Fleet = fleet,
            DurationS = FaultAtS + forS + AfterS,
            MeasureFromS = 60,
            StartHour = (order.Hour - (FaultAtS / SecondsPerHour) + 24) % 24,
            Replicas = 1,
            Streams = 2_000,
            SessionS = 300,
            Policies = order.Against is { } rule && rule != PolicyNames.Scheduler ? [PolicyNames.Scheduler, rule] : [PolicyNames.Scheduler],
            Faults = [FaultOf(order, forS)],
        };
        return order.Fill is { } fill ? Filled(scenario, fleet, fill) : AsNow(scenario);
    }

    private static Fault FaultOf(SimulationOrder order, double forS) => new(order.Kind, FaultAtS, forS, order.HasTarget ? order.Target : null)
    {
        Factor = order.Kind == FaultKind.Surge ? 2 : 1,
        RampS = order.Kind is FaultKind.Drain or FaultKind.IdcDrain ? Math.Min(60, forS / 2) : 0,
    };

    /// <summary>The nodes that serve, with the capacity that they report.</summary>
    private Fleet Serving(RoutingSnapshot snapshot) => snapshot.Fleet.Fleet with
    {
        Nodes = [.. snapshot.Fleet.Fleet.Nodes.Select(node => Serving(snapshot, node)).OfType<Node>()],
    };

    private Node? Serving(RoutingSnapshot snapshot, Node node)
    {
        if (!snapshot.Fleet.TryFindNode(node.Id, out int index) || snapshot.Node(index).Eligibility is Eligibility.Drained or Eligibility.OutOfService) return null;
        return control.NodeAt(index) is { HeardAtMs: not null, CapacityKbps: > 0 } status ? node with { Capacity = BitRate.FromKbps(status.CapacityKbps) } : node;
    }

    private static Scenario Filled(Scenario scenario, Fleet fleet, double fill)
    {
        double mbps = fleet.Nodes.Where(node => node.Roles.HasFlag(NodeRoles.Edge)).Sum(node => node.Capacity.Mbps) * fill;
        return scenario with { Sessions = MostSessions, SessionKbps = KbpsFor(mbps), Cells = 1_000 };
    }

    /// <summary>What each cell asks for now, as the mean of the day that has this at this hour.</summary>
    private Scenario AsNow(Scenario scenario)
    {
        if (plans.Status is not { InForce: var held }) return scenario;
        Scenario now = scenario with { StartHour = clock.UtcNow.UtcDateTime.TimeOfDay.TotalHours };
        ImmutableArray<CellPlace> cells = held.Snapshot.Candidates.Cells;
        var mbps = new double[cells.Length];
        for (int row = 0; row < held.Rows.CellRows; row++) mbps[held.Rows.CellOf(row)] += held.Plan.Problem.DemandMbps[row];
        ImmutableArray<CellDemand> demand =
        [
            .. cells.Select((cell, index) => new CellDemand(cell.Id, mbps[index] / DayShape.Of(now, 0, cell.Location.Longitude))).Where(cell => cell.Mbps > 0),
        ];
        return scenario with { Demand = demand, SessionKbps = KbpsFor(demand.Sum(cell => cell.Mbps) * DayShape.Peak) };
    }

    private static int KbpsFor(double mbps) => (int)Math.Clamp(mbps * 1_000 / MostSessions, 500, 1_000_000);
}
