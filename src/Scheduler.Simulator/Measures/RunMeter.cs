using Scheduler.Core.Units;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>Measures one run against the truth: what the viewers got, what it cost, and what the best that could be had would have cost.</summary>
internal sealed class RunMeter
{
    /// <summary>What a site pulls for a stream, however many watch it there: one viewer's worth, where a session may stand for several.</summary>
    private const int StreamKbps = 3_000;

    private const int TicksPerS = 1_000 / Simulation.TickMs;

    /// <summary>Free share of a site's capacity from which on nobody should have been refused.</summary>
    private const double Room = 0.05;

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly string _policy;
    private readonly int _seed;
    private readonly BoundMeter _bound;
    private readonly TrafficBill _bill;
    private readonly RttHistogram _rtts = new();
    private readonly RttHistogram _excess = new();
    private readonly RecoveryWatch _recovery;
    private readonly double[] _cellMbps;
    private readonly float[] _nearestMs;
    private readonly double[] _peaks;
    private readonly double[] _sums;
    private readonly List<RunSample> _samples = [];
    private readonly double _mbps;
    private readonly double _streamMbps;
    private readonly int _fromTick;
    private readonly int _everyS;
    private readonly DrainMeter _drains;
    private double _rttMbps; // sum of every playing viewer's Mbit/s times his round-trip time
    private double _baseCost; // sum of every playing viewer's Mbit/s times a
    private double _costs, _bounds, _carriedGbit, _assignedGbit, _pulledGbit;
    private int _overloadTicks, _seconds;
    private long _decisions, _refusals, _refusalsWithRoom, _pulls, _moves;
    private double _used, _usedAtRefusals, _freest; // shares of capacity at the last tick
    private bool _measures;

    /// <summary>Nothing measured yet.</summary>
    public RunMeter(World world, NodeFarm farm, string policy, int seed)
    {
        (_world, _farm, _policy, _seed) = (world, farm, policy, seed);
        _bound = new BoundMeter(world, farm);
        _bill = new TrafficBill(world);
        _drains = new DrainMeter(world, farm);
        _recovery = new RecoveryWatch();
        _cellMbps = new double[world.Cells.Length];
        _nearestMs = new float[world.Cells.Length];
        _peaks = new double[world.Fleet.Sites.Length];
        _sums = new double[world.Fleet.Sites.Length];
        _mbps = world.Scenario.SessionKbps / 1_000.0;
        _streamMbps = Math.Min(world.Scenario.SessionKbps, StreamKbps) / 1_000.0;
        _fromTick = (int)(world.Scenario.MeasureFromS * TicksPerS);
        _everyS = Math.Max(1, (int)(world.Scenario.DurationS / 600));
        FindNearest();
    }

    /// <summary>Highest utilisation of a site so far; null before it is measured.</summary>
    public double? PeakUtilisation { get; private set; }

    /// <summary>The optimum for the demand at the beginning.</summary>
    public InitialPlacement InitialPlan() => new(_world, _farm, _bound.PlanFor([.. _world.Cells.Select((cell, i) =>
        cell.Mbps * DayShape.Of(_world.Scenario, 0, cell.Cell.Location.Longitude))]));

    /// <summary>A viewer begins to be served.</summary>
    public void Begins(in Viewer viewer) => Count(in viewer, 1);

    /// <summary>A viewer is no longer served.</summary>
    public void Ends(in Viewer viewer) => Count(in viewer, -1);

    /// <summary>A decision was made.</summary>
    public void Decided(bool refused)
    {
        if (!_measures) return;
        _decisions++;
        if (!refused) return;
        _refusals++;
        _usedAtRefusals += _used;
        if (_freest > Room) _refusalsWithRoom++;
    }

    /// <summary>A site had to pull a stream.</summary>
    public void Pulled() => _pulls += _measures ? 1 : 0;

    /// <summary>A viewer was asked to move; he is still where he was.</summary>
    public void Moved(in Viewer viewer)
    {
        _moves += _measures ? 1 : 0;
        _drains.Moved(_farm.Nodes[viewer.Node].Site, viewer.Moves == 1);
    }

    /// <summary>An operator begins to drain some sites.</summary>
    public void DrainBegins(Fault fault, int[] sites) => _drains.Begin(fault, sites, _cellMbps);

    /// <summary>He ends it.</summary>
    public void DrainEnds(Fault fault) => _drains.End(fault);

    /// <summary>Round-trip times have changed: what the playing viewers cost is summed up anew.</summary>
    public void Recount(ReadOnlySpan<Viewer> viewers)
    {
        _baseCost = 0;
        _rttMbps = 0;
        Array.Clear(_cellMbps);
        _rtts.Clear();
        _excess.Clear();
        FindNearest();
        _bound.Renew();
        foreach (ref readonly Viewer viewer in viewers)
            if (viewer.State == ViewerState.Playing) Count(in viewer, 1);
    }

    /// <summary>Measures a tick that is over.</summary>
    public void Tick(int tick, Crowd crowd)
    {
        _measures = tick >= _fromTick;
        double carried = 0, assigned = 0, whole = 0;
        _freest = 0;
        for (int s = 0; s < _peaks.Length; s++)
        {
            long load = _farm.SiteEgressKbps[s], capacity = _farm.SiteCapacityKbps[s];
            assigned += load;
            carried += Math.Min(load, capacity);
            whole += capacity;
            double utilisation = capacity > 0 ? load / (double)capacity : 0;
            if (capacity > 0) _freest = Math.Max(_freest, 1 - utilisation);
            if (!_measures) continue;
            if (load > capacity) _overloadTicks++;
            if (utilisation > _peaks[s]) _peaks[s] = utilisation;
            PeakUtilisation = Math.Max(PeakUtilisation ?? 0, utilisation);
        }
        _used = assigned / Math.Max(1, whole);
        if (_measures)
        {
            _assignedGbit += assigned / 1e6 / TicksPerS;
            _carriedGbit += carried / 1e6 / TicksPerS;
            _pulledGbit += _farm.WarmPairs * _streamMbps / 1_000 / TicksPerS;
        }
        if (tick % TicksPerS == TicksPerS - 1) Second(tick / TicksPerS, assigned / 1e6, crowd);
    }

    /// <summary>Sums the run up.</summary>
    /// <param name="crowd">The viewers.</param>
    /// <param name="spills">Viewers admitted beyond what a node could carry.</param>
    /// <param name="faultAtS">When the first fault came; null when none did.</param>
    public RunResult Result(Crowd crowd, long spills, double? faultAtS) => new()
    {
        Scenario = _world.Scenario,
        Policy = _policy,
        Seed = _seed,
        Arrived = crowd.Arrived,
        Ended = crowd.Ended,
        Lost = crowd.Lost,
        Live = crowd.Live,
        Decisions = _decisions,
        Refusals = _refusals,
        RefusalsWithRoom = _refusalsWithRoom,
        UsedAtRefusal = _refusals > 0 ? _usedAtRefusals / _refusals : null,
        Spills = spills,
        Migrations = _moves,
        Cost = _costs / Math.Max(1, _seconds),
        LowerBound = _bounds / Math.Max(1, _seconds),
        Rtt = _rtts.Summary(),
        RttExcess = _excess.Summary(),
        OverloadSiteSeconds = _overloadTicks / (double)TicksPerS,
        PeakUtilisation = PeakUtilisation ?? 0,
        AssignedGbit = _assignedGbit,
        CarriedGbit = _carriedGbit,
        Pulls = _pulls,
        PulledGbit = _pulledGbit,
        Bill = _bill.Summary(),
        RecoveryS = faultAtS is { } at ? _recovery.RecoveredAtS(at) - at : null,
        Drains = _drains.Results(),
        Samples = _samples,
        RttShares = _rtts.Shares(bucketMs: 1),
        Sites = [.. Enumerable.Range(0, _peaks.Length).Select(s => new SiteResult(
            _world.Fleet.Sites[s], CapacityOf(s), _sums[s] / Math.Max(1, _seconds), _peaks[s]))],
    };

    private void Second(int second, double loadGbps, Crowd crowd)
    {
        double cost = _baseCost + _bound.LoadCost();
        double bound = _bound.LowerBound(_cellMbps);
        double gap = bound > 0 ? (cost / bound) - 1 : 0;
        _recovery.Add(second, gap);
        _drains.Second(second, cost, _rttMbps, loadGbps * 1_000);
        (double mean, double most) = Utilisation();
        if (second % _everyS == 0) _samples.Add(new RunSample(second, gap, mean, most, loadGbps, crowd.Live));
        if (!_measures) return;
        _seconds++;
        _costs += cost;
        _bounds += bound;
        _rtts.Sample();
        _excess.Sample();
        _bill.Sample(_farm.SiteEgressKbps);
        for (int s = 0; s < _sums.Length; s++) _sums[s] += _farm.SiteEgressKbps[s] / (double)Math.Max(1, _farm.SiteCapacityKbps[s]);
    }

    private BitRate CapacityOf(int site)
    {
        long kbps = 0;
        foreach (EdgeNode node in _farm.Nodes[_world.NodesOfSite[site]]) kbps += node.DeclaredKbps;
        return BitRate.FromKbps(kbps);
    }

    private (double Mean, double Most) Utilisation()
    {
        double load = 0, capacity = 0, most = 0;
        for (int s = 0; s < _peaks.Length; s++)
        {
            load += _farm.SiteEgressKbps[s];
            capacity += _farm.SiteCapacityKbps[s];
            if (_farm.SiteCapacityKbps[s] > 0) most = Math.Max(most, _farm.SiteEgressKbps[s] / (double)_farm.SiteCapacityKbps[s]);
        }
        return (load / Math.Max(1, capacity), most);
    }

    private void Count(in Viewer viewer, int sign)
    {
        int site = _farm.Nodes[viewer.Node].Site;
        float rtt = _world.RttMs(viewer.Cell, site);
        _baseCost += sign * _mbps * _world.CostMs(viewer.Cell, site);
        _rttMbps += sign * _mbps * rtt;
        // Sums of weights that no double holds exactly end a little below nothing.
        _cellMbps[viewer.Cell] = Math.Max(0, _cellMbps[viewer.Cell] + (sign * _mbps));
        if (sign > 0)
        {
            _rtts.Add(rtt);
            _excess.Add(rtt - _nearestMs[viewer.Cell]);
        }
        else
        {
            _rtts.Remove(rtt);
            _excess.Remove(rtt - _nearestMs[viewer.Cell]);
        }
    }

    private void FindNearest()
    {
        for (int c = 0; c < _nearestMs.Length; c++) _nearestMs[c] = Least(_world.RttsOf(c));
    }

    private static float Least(ReadOnlySpan<float> values)
    {
        float least = float.MaxValue;
        foreach (float value in values) least = Math.Min(least, value);
        return least;
    }
}
