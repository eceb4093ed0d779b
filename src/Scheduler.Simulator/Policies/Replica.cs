using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;
using Scheduler.State.Rtts;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.Simulator.Policies;

/// <summary>One replica of the product, put together as the server puts it together, but for its threads: here one thread does all, in order.</summary>
internal sealed class Replica
{
    /// <summary>Any number that no token of a viewer from before the run carries.</summary>
    private const ushort Boot = 1;

    private readonly SchedulerClock _clock;
    private readonly ControlLoop _control;
    private readonly DemandMeter _meter;
    private readonly PlanLoop _planner;
    private readonly long _heldS;
    private Configuration _configuration;
    private int _ticks;

    /// <summary>A replica that has its configuration and its map, and has heard of no node yet.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="world">Gives fleet, map, and the round-trip times that it is taken to have learnt.</param>
    /// <param name="clock">The virtual time.</param>
    public Replica(int number, World world, VirtualClock clock)
    {
        Scenario scenario = world.Scenario;
        _clock = new SchedulerClock(clock);
        var sessions = new SessionTable(1 << 22, Boot, _clock.NowS);
        Staleness staleness = Staleness.Default with { IntervalMs = (int)(scenario.ReportS * 1_000) };
        DispatchPolicy policy = DispatchPolicy.Default;
        policy = policy with { Cost = policy.Cost with { ColdStreamMs = scenario.ColdStreamMs }, NearMs = scenario.NearMs };
        ControlOptions options = ControlOptions.Default with
        {
            Policy = policy,
            Rules = new SiteRules(staleness, SlowStart.Default, number, scenario.Replicas),
            Rtt = scenario.KnowsRtts ? Measured(world) : RttSources.ByDistance,
            Learning = scenario.KnowsRtts ? null : RttRules.Default,
        };
        _control = new ControlLoop(_clock, options, sessions, new SnapshotPublisher());
        _meter = new DemandMeter(sessions);
        _planner = new PlanLoop(_control, _clock);
        if (!CellLocator.TryCreate(world.Map, null, [], out CellLocator? locator, out _)) throw new ArgumentException("the map has no cells", nameof(world));
        _control.Apply(new Geography(locator, [.. world.Map.Cells.Select((cell, i) => new CellPlace(cell.Id, i + 1, cell.Country, cell.Location))]));
        _configuration = new Configuration(1, world.Fleet, [], [], new FleetNumbers(
            [.. Enumerable.Range(1, world.Fleet.Sites.Length)], [.. Enumerable.Range(1, world.Fleet.Nodes.Length)]));
        _control.Apply(_configuration);
        var rules = new SessionRules(scenario.SessionKbps, scenario.SessionKbps, 30, 120, 5_000, (byte)number);
        Desk = new SessionDesk(sessions, _clock, rules, _control, salt: (ulong)number << 56);
        _heldS = (long)(rules.LongestHeartbeatS * SessionRules.ExpiryBeats);
    }

    /// <summary>Opens, renews, moves and ends sessions.</summary>
    public SessionDesk Desk { get; }

    /// <summary>The snapshot in force.</summary>
    public RoutingSnapshot Snapshot => _control.Publisher.Current!;

    /// <summary>Takes drains into force, as a revision does.</summary>
    public void Obey(ImmutableArray<Drain> drains)
    {
        _configuration = _configuration with { Revision = _configuration.Revision + 1, Drains = drains };
        _control.Apply(_configuration);
    }

    /// <summary>Takes in a report.</summary>
    public void Hear(in ReportCopy copy)
    {
        NodeStatus? node = _control.NodeAt(IndexOf(copy.Node));
        if (node is null || _control.SiteAt(node.Node.SiteIndex) is not { } site) return;
        var envelope = new ReportEnvelope(site, node, copy.Report, _clock.NowMs, _clock.UnixMs);
        ReportIntake.Apply(in envelope, Snapshot.Streams);
    }

    /// <summary>Does what the server's timer makes happen every tenth of a second.</summary>
    public void Tick()
    {
        foreach (SiteState site in _control.Sites) site.Tick(_clock.NowMs);
        _control.Tick();
        if (++_ticks % 10 == 0) Desk.Tick();
    }

    /// <summary>What the live sessions of this replica weigh.</summary>
    public Demand Demand() => _meter.Read(Snapshot);

    /// <summary>Looks at what moved, and plans where something did, as the server's planner does for the replica that leads.</summary>
    /// <param name="demand">What the sessions of all replicas weigh.</param>
    /// <returns>What the plan asks for load; null before the first.</returns>
    public PlanPrices? Plan(Demand demand)
    {
        _planner.Step(demand);
        return _planner.Status?.Prices;
    }

    /// <summary>Obeys the plan of the replica that leads.</summary>
    public void Apply(PlanPrices prices) => _control.Apply(prices);

    /// <summary>Claims of a token that an earlier start of this replica gave to a viewer.</summary>
    /// <param name="session">His identity.</param>
    /// <param name="cell">Dense index of his cell in the map.</param>
    /// <param name="node">His node, in the fleet's order.</param>
    /// <param name="stream">Hash of his stream.</param>
    /// <param name="kbps">What he weighs.</param>
    /// <param name="number">The replica's number.</param>
    public SessionClaims EarlierClaims(ulong session, int cell, int node, ulong stream, int kbps, byte number) => new(
        session, 0, cell + 1, node + 1, stream, kbps, number, SessionKind.Play, Core.Topology.StreamProtocols.None, (uint)(_clock.UnixS + _heldS));

    /// <summary>A node's number in the fleet's order, by its index.</summary>
    public int NodeOf(int index) => Snapshot.Fleet.Nodes[index]!.Number - 1;

    /// <summary>A node's index, by its number in the fleet's order.</summary>
    public int IndexOf(int node) => Snapshot.Fleet.TryFindNodeByNumber(node + 1, out int index) ? index : throw new ArgumentOutOfRangeException(nameof(node));

    private static RttSource Measured(World world)
    {
        var rows = new Dictionary<int, int>();
        for (int c = 0; c < world.Cells.Length; c++) rows[world.Cells[c].MapIndex + 1] = c;
        return (cell, site) => rows.TryGetValue(cell.Number, out int row) ? world.RttMs(row, site.Number - 1) : RttSources.ByDistance(cell, site);
    }
}
