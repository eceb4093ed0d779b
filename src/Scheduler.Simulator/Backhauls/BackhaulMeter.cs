using Scheduler.Core.Upstreams;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>Measures what goes on behind the edge against the truth.</summary>
internal sealed class BackhaulMeter
{
    private const int TicksPerS = 1_000 / Simulation.TickMs;

    /// <summary>How often the fewest pulls that would do are counted, s.</summary>
    private const int FewestEveryS = 5;

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly IParents _parents;
    private readonly Studio _studio;
    private readonly int _fromTick;
    private readonly double _gbit; // of one pull in one tick
    private readonly List<PullCourse> _courses = [];
    private double _pullGbit, _crossingGbit, _relayGbit, _pathMs, _excessMs, _pulls, _fewest;
    private long _overloadTicks, _homelessTicks, _unfedTicks, _reparents, _loops, _leaves;
    private int _mostHomeless;
    private double _peak;
    private bool _measures;

    /// <summary>Nothing measured yet.</summary>
    public BackhaulMeter(World world, NodeFarm farm, IParents parents, Studio studio)
    {
        (_world, _farm, _parents, _studio) = (world, farm, parents, studio);
        _fromTick = (int)(world.Scenario.MeasureFromS * TicksPerS);
        _gbit = world.Scenario.StreamKbps / 1e6 / TicksPerS;
    }

    /// <summary>A node was given another parent while its own was still there.</summary>
    public void Reparented() => _reparents += _measures ? 1 : 0;

    /// <summary>A node was to pull from somebody who pulls from it.</summary>
    public void Looped() => _loops++;

    /// <summary>An operator begins to drain an IDC.</summary>
    public void DrainBegins(Fault fault, int site) => _courses.Add(new PullCourse(fault, site, _studio.CountAt(_world.NodesOfSite[site]), _studio.Moves));

    /// <summary>Measures a tick that is over.</summary>
    public void Tick(int tick, Backhaul backhaul)
    {
        _measures = tick >= _fromTick;
        int homeless = _studio.Count - _parents.Homes.Count;
        if (_measures)
        {
            _homelessTicks += homeless;
            _mostHomeless = Math.Max(_mostHomeless, homeless);
            _unfedTicks += backhaul.Unfed;
            for (int way = 0; way < backhaul.WayKbps.Length; way++) Measure(backhaul, way);
        }
        if (tick % TicksPerS == TicksPerS - 1) Second(tick / TicksPerS, backhaul);
    }

    /// <summary>Sums the run up.</summary>
    public BackhaulResult Result() => new()
    {
        Parents = _world.Scenario.Parents,
        PullGbit = _pullGbit,
        CrossingGbit = _crossingGbit,
        RelayGbit = _relayGbit,
        PathMs = _pathMs / Math.Max(1, _leaves),
        PathExcessMs = _excessMs / Math.Max(1, _leaves),
        PullsOverFewest = _fewest > 0 ? _pulls / _fewest : 1,
        OverloadLinkSeconds = _overloadTicks / (double)TicksPerS,
        PeakLinkUtilisation = _peak,
        HomelessStreamSeconds = _homelessTicks / (double)TicksPerS,
        MostHomeless = _mostHomeless,
        UnfedSeconds = _unfedTicks / (double)TicksPerS,
        Publishers = _studio.Count,
        PublisherMoves = _studio.Moves,
        MovesPerPublisher = _studio.Moved > 0 ? (double)_studio.Moves / _studio.Moved : null,
        Reparents = _reparents,
        Loops = _loops,
        Drains = [.. _courses.Select(course => course.Result())],
    };

    private void Measure(Backhaul backhaul, int way)
    {
        long kbps = backhaul.WayKbps[way];
        if (kbps == 0) return;
        ref readonly UpstreamWay over = ref backhaul.Table.Way(way);
        double gbit = kbps / 1e6 / TicksPerS;
        _pullGbit += gbit;
        if (!backhaul.Table.InOneRegion(over.To, over.From)) _crossingGbit += gbit;
        if (backhaul.Table.IsIdc(over.To)) _relayGbit += gbit;
        if (over.CapacityKbps == long.MaxValue) return;
        _peak = Math.Max(_peak, kbps / (double)over.CapacityKbps);
        if (kbps > over.CapacityKbps) _overloadTicks++;
    }

    private void Second(int second, Backhaul backhaul)
    {
        int pulls = 0;
        var fewest = second % FewestEveryS == 0 ? new FewestPulls(backhaul.Table, _parents.IsLeft) : null;
        foreach (PullCourse course in _courses) course.Begin();
        foreach (Feed feed in backhaul.Feeds)
        {
            if (feed.Way is not null) pulls++;
            foreach (PullCourse course in _courses) course.See(feed, feed.Parent is { } parent ? _farm.Nodes[parent].Site : null);
            if (!feed.Watched || backhaul.IsEntry(feed)) continue;
            int site = _farm.Nodes[feed.Node].Site, home = _farm.Nodes[_studio.EntryOf(feed.Stream)].Site;
            fewest?.Add(feed.Stream, site, home);
            if (!_measures || feed.Parent is null) continue;
            double path = PathMs(backhaul, feed);
            _leaves++;
            _pathMs += path;
            _excessMs += path - ShortestMs(backhaul.Table, site, home, path);
        }
        int least = fewest?.Count() ?? 0;
        foreach (PullCourse course in _courses) course.Second(second, pulls, least, _studio.Moves, _studio.CountAt(_world.NodesOfSite[course.Site]));
        if (!_measures || fewest is null) return;
        _pulls += pulls;
        _fewest += least;
    }

    private static double PathMs(Backhaul backhaul, Feed feed)
    {
        double rtt = 0;
        for (Feed? at = feed; at is not null; at = backhaul.ParentOf(at))
            if (at.Way is { } way) rtt += backhaul.Table.Way(way).RttMs;
        return rtt;
    }

    /// <summary>The shortest path that the ways allow, whatever they carry.</summary>
    private static double ShortestMs(UpstreamTable table, int site, int home, double fallback)
    {
        if (site == home) return 0;
        (int first, int ways) = table.WaysTo(site);
        if (table.IsIdc(site)) return table.TryFindWay(site, home, out int direct) ? table.Way(direct).RttMs : fallback;
        double shortest = double.MaxValue;
        for (int way = first; way < first + ways; way++)
        {
            int idc = table.Way(way).From;
            double onward = idc == home ? 0 : table.TryFindWay(idc, home, out int second) ? table.Way(second).RttMs : double.MaxValue;
            shortest = Math.Min(shortest, table.Way(way).RttMs + onward);
        }
        return Math.Min(shortest, fallback);
    }
}
