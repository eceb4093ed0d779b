using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>All that is behind the edge in a run, put together: publishers, pulls, links, whoever names parents, and what is measured of them.</summary>
internal sealed class BackhaulSide
{
    private readonly World _world;
    private readonly IParents _parents;
    private readonly Backhaul _backhaul;
    private readonly BackhaulMeter _meter;

    /// <summary>Puts it together; nobody sends or pulls yet.</summary>
    /// <param name="world">The world.</param>
    /// <param name="farm">The nodes; they tell it from now on what they need.</param>
    /// <param name="leader">The replica that names parents.</param>
    /// <param name="clock">The virtual time.</param>
    /// <param name="names">Hash of each stream's name.</param>
    public BackhaulSide(World world, NodeFarm farm, Replica leader, VirtualClock clock, ulong[] names)
    {
        _world = world;
        UpstreamTable table = UpstreamTable.Build(leader.Snapshot.Fleet, SiteCost.Default.PriceWeight);
        var product = new ProductParents(leader, clock, table, world.Fleet, world.Scenario.StreamKbps);
        _parents = world.Scenario.Parents == ParentRule.Scheduler
            ? product
            : new PlainParents(product, leader, table, nearest: world.Scenario.Parents == ParentRule.Nearest);
        var studio = new Studio(world, farm, names);
        _meter = new BackhaulMeter(world, farm, _parents, studio);
        _backhaul = new Backhaul(world, farm, _parents, table, names, studio, _meter);
        farm.Backhaul = _backhaul;
    }

    /// <summary>Lets every publisher send, and every node pull.</summary>
    /// <param name="countries">Country of each stream.</param>
    /// <param name="seed">Seed of where publishers are.</param>
    public void Start(ImmutableArray<string> countries, int seed) => _backhaul.Start(countries, seed);

    /// <summary>A report arrives.</summary>
    public void Hear(in ReportCopy report)
    {
        if (report.Pulls is { } pulls) _parents.Hear(in pulls);
    }

    /// <summary>Whoever names parents sees what has been heard.</summary>
    /// <param name="nowMs">Virtual time, ms.</param>
    public void Listen(long nowMs) => _parents.Tick(nowMs);

    /// <summary>Lets a tenth of a second pass.</summary>
    public void Tick(int tick) => _backhaul.Tick(tick);

    /// <summary>An operator begins to drain a site.</summary>
    public void DrainBegins(Fault fault, int site)
    {
        if (_backhaul.Table.IsIdc(site)) _meter.DrainBegins(fault, site);
    }

    /// <summary>Operators have decided which drains hold from now on.</summary>
    public void Obey(ImmutableArray<Drain> drains) => _backhaul.Obey(drains);

    /// <summary>The way that a scenario names, <c>TO&lt;FROM</c>; null for that of the fleet's links that carries the most now.</summary>
    /// <exception cref="ArgumentException">There is none such.</exception>
    public int WayOf(string? target)
    {
        if (target is null)
            return Enumerable.Range(0, _backhaul.Table.Count).Where(way => _backhaul.Table.Way(way).Link is not null).MaxBy(way => (_backhaul.WayKbps[way], -way));
        string[] ends = target.Split('<');
        return ends.Length == 2 && _world.Fleet.TryFindSite(ends[0], out int to) && _world.Fleet.TryFindSite(ends[1], out int from)
            && _backhaul.Table.TryFindWay(to, from, out int found)
            ? found
            : throw new ArgumentException($"there is no link \"{target}\"", nameof(target));
    }

    /// <summary>A link dies.</summary>
    public void Cut(int way) => _backhaul.Cut(way);

    /// <summary>A link is repaired.</summary>
    public void Mend(int way) => _backhaul.Mend(way);

    /// <summary>Sums the run up.</summary>
    public BackhaulResult Result() => _meter.Result();
}
