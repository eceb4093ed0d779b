using Scheduler.Core.Topology;
using Scheduler.Simulator.Backhauls;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Faults;

/// <summary>Makes the scenario's faults happen, and ends them.</summary>
internal sealed class FaultSchedule
{
    private const int TicksPerS = 1_000 / Simulation.TickMs;

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly Crowd _crowd;
    private readonly DrainOrders _drains;
    private readonly BackhaulSide? _backhaul;
    private readonly Chance _chance;
    private readonly List<(int Tick, Action<int> Do)> _plan = [];
    private readonly bool[] _cutOff;
    private readonly int[] _deaths; // faults that keep each node dead: the loss of a site may overlap with that of its IDC
    private int _next;
    private int _lossDepth;

    /// <summary>Plans every fault.</summary>
    /// <exception cref="ArgumentException">A fault names a site or replica that there is none of.</exception>
    public FaultSchedule(World world, NodeFarm farm, Crowd crowd, DrainOrders drains, BackhaulSide? backhaul, int seed)
    {
        (_world, _farm, _crowd, _drains, _backhaul) = (world, farm, crowd, drains, backhaul);
        _chance = new Chance(seed, Purposes.Faults);
        _cutOff = new bool[world.Scenario.Replicas];
        _deaths = new int[world.Fleet.Nodes.Length];
        foreach (Fault fault in world.Scenario.Faults) Plan(fault);
        _plan.Sort((a, b) => a.Tick.CompareTo(b.Tick));
        FirstAtS = world.Scenario.Faults.IsEmpty ? null : world.Scenario.Faults.Min(fault => fault.AtS);
    }

    /// <summary>When the first fault comes, s; null in a run without any.</summary>
    public double? FirstAtS { get; }

    /// <summary>True while reports reach a replica.</summary>
    public bool Reaches(int replica) => _lossDepth == 0 && !_cutOff[replica];

    /// <summary>Makes happen what is due.</summary>
    public void Tick(int tick)
    {
        while (_next < _plan.Count && _plan[_next].Tick <= tick) _plan[_next++].Do(tick);
    }

    private void Plan(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.SiteLoss:
                int[] lost = NodesOf(TargetSite(fault));
                Between(fault, tick => Kill(tick, lost), tick => Revive(tick, lost));
                break;
            case FaultKind.IdcLoss:
                int[] dark = [.. SitesFedOnlyBy(TargetIdc(fault)).SelectMany(NodesOf)];
                Between(fault, tick => Kill(tick, dark), tick => Revive(tick, dark));
                break;
            case FaultKind.CapacityCut:
                int[] cut = NodesOf(TargetSite(fault));
                Between(fault, _ => Cut(cut, fault.Factor), _ => Cut(cut, 1));
                break;
            case FaultKind.LyingReports:
                int[] liars = NodesOf(TargetSite(fault));
                Between(fault, _ => Lie(liars, fault.Factor), _ => Lie(liars, 1));
                break;
            case FaultKind.ReportLoss:
                Between(fault, _ => _lossDepth++, _ => _lossDepth--);
                break;
            case FaultKind.ReplicaPartition:
                int replica = TargetReplica(fault);
                Between(fault, _ => _cutOff[replica] = true, _ => _cutOff[replica] = false);
                break;
            case FaultKind.RttChange:
                int moved = TargetSite(fault);
                Between(fault, _ => Reroute(moved, fault.Factor), _ => Reroute(moved, 1 / fault.Factor));
                break;
            case FaultKind.Surge:
                HashSet<int> crowded = SomeCells(fault.Share);
                Between(fault, _ => Surge(crowded, fault.Factor), _ => Surge(crowded, 1 / fault.Factor));
                break;
            case FaultKind.ReconnectStorm:
                HashSet<int> away = SomeCells(fault.Share);
                _plan.Add(((int)(fault.AtS * TicksPerS), tick => _crowd.CellsCutOff(tick, away)));
                break;
            case FaultKind.Drain:
                int drained = TargetSite(fault);
                Between(fault, _ => _drains.Begin(fault, drained), _ => _drains.End(fault));
                break;
            case FaultKind.IdcDrain:
                int closed = TargetIdc(fault);
                Between(fault, _ => _drains.Begin(fault, closed), _ => _drains.End(fault));
                break;
            case FaultKind.LinkCut:
                // The busiest is known when it happens.
                int? dead = null;
                BackhaulSide links = _backhaul ?? throw new ArgumentException("links carry nothing in a run without publishers", nameof(fault));
                Between(fault, _ => links.Cut((dead = links.WayOf(fault.Target)).Value), _ => links.Mend(dead!.Value));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "no such fault");
        }
    }

    private void Between(Fault fault, Action<int> begin, Action<int> end)
    {
        _plan.Add(((int)(fault.AtS * TicksPerS), begin));
        if (fault.ForS is { } length) _plan.Add(((int)((fault.AtS + length) * TicksPerS), end));
    }

    private void Kill(int tick, int[] nodes)
    {
        _crowd.NodesDied(tick, [.. nodes]);
        foreach (int node in nodes)
            if (++_deaths[node] == 1) _farm.SetAlive(node, false, (long)tick * Simulation.TickMs);
    }

    private void Revive(int tick, int[] nodes)
    {
        foreach (int node in nodes)
            if (--_deaths[node] == 0) _farm.SetAlive(node, true, (long)tick * Simulation.TickMs);
    }

    private void Cut(int[] nodes, double factor)
    {
        foreach (int node in nodes) _farm.SetCapacity(node, (long)(_farm.Nodes[node].DeclaredKbps * factor));
    }

    private void Lie(int[] nodes, double factor)
    {
        foreach (int node in nodes) _farm.Nodes[node].Exaggeration = factor;
    }

    private void Reroute(int site, double factor)
    {
        _world.ScaleRtts(site, factor);
        _crowd.RttsChanged();
    }

    private void Surge(HashSet<int> cells, double factor)
    {
        foreach (int cell in cells) _crowd.Surge(cell, factor);
    }

    private HashSet<int> SomeCells(double share)
    {
        int[] cells = [.. Enumerable.Range(0, _world.Cells.Length)];
        int count = Math.Max(1, (int)Math.Round(cells.Length * share));
        for (int i = 0; i < count; i++)
        {
            int other = i + _chance.Next(cells.Length - i);
            (cells[i], cells[other]) = (cells[other], cells[i]);
        }
        return [.. cells.Take(count)];
    }

    private int[] NodesOf(int site)
    {
        (int offset, int length) = _world.NodesOfSite[site].GetOffsetAndLength(_world.Fleet.Nodes.Length);
        return [.. Enumerable.Range(offset, length)];
    }

    private int TargetSite(Fault fault)
    {
        if (fault.Target is { } id) return _world.Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException($"the fleet has no site \"{id}\"", nameof(fault));
        return Enumerable.Range(0, _world.Fleet.Sites.Length).Where(s => _world.Fleet.Sites[s].Kind == SiteKind.Pop)
            .OrderByDescending(s => _farm.SiteCapacityKbps[s]).ThenBy(s => s).First();
    }

    private int TargetIdc(Fault fault)
    {
        if (fault.Target is not null) return TargetSite(fault);
        return Enumerable.Range(0, _world.Fleet.Sites.Length).Where(s => _world.Fleet.Sites[s].Kind == SiteKind.Idc)
            .OrderByDescending(s => _world.Fleet.Sites.Count(p => p.Upstreams.Contains(_world.Fleet.Sites[s].Id))).ThenBy(s => s).First();
    }

    private IEnumerable<int> SitesFedOnlyBy(int idc)
    {
        string id = _world.Fleet.Sites[idc].Id;
        return Enumerable.Range(0, _world.Fleet.Sites.Length)
            .Where(s => s == idc || (_world.Fleet.Sites[s].Upstreams is { Length: 1 } only && only[0] == id));
    }

    private int TargetReplica(Fault fault)
    {
        if (fault.Target is null) return 0;
        if (int.TryParse(fault.Target, out int number) && number >= 1 && number <= _cutOff.Length) return number - 1;
        throw new ArgumentException($"there is no replica \"{fault.Target}\"", nameof(fault));
    }
}
