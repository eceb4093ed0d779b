using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Simulator.Backhauls;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Nodes;

/// <summary>
/// Every node of the fleet as it truly is. Counts what is served, sums it up by site, and makes the reports: each node at its own phase of the
/// period, each report some hundred milliseconds on its way.
/// </summary>
internal sealed class NodeFarm
{
    private const int FastestWayTicks = 3;
    private const int SlowestWayTicks = 5;

    private readonly EdgeNode[] _nodes;
    private readonly long[] _siteEgress;
    private readonly long[] _siteCapacity;
    private readonly int[] _phases;
    private readonly int _periodTicks;
    private readonly long _kbps;
    private readonly ulong[] _streamNames;
    private readonly Chance _chance;
    private readonly Dictionary<long, int> _viewersOfStream = [];
    private readonly List<ReportCopy>[] _underway;
    private readonly int[][] _due;

    /// <summary>All nodes up and idle.</summary>
    /// <param name="world">The world.</param>
    /// <param name="streamNames">Hash of each stream's name.</param>
    /// <param name="seed">Seed of phases and delays.</param>
    public NodeFarm(World world, ulong[] streamNames, int seed)
    {
        Scenario scenario = world.Scenario;
        _kbps = scenario.SessionKbps;
        _streamNames = streamNames;
        _chance = new Chance(seed, Purposes.Reports);
        _periodTicks = Math.Max(1, (int)Math.Round(scenario.ReportS * 10));
        _nodes = [.. world.Fleet.Nodes.Select((node, i) => new EdgeNode(world.SiteOfNode[i], CapacityOf(world, i), scenario.Replicas))];
        _phases = [.. _nodes.Select(_ => _chance.Next(_periodTicks))];
        _due = [.. Enumerable.Range(0, _periodTicks).Select(phase => Enumerable.Range(0, _nodes.Length).Where(n => _phases[n] == phase).ToArray())];
        _siteEgress = new long[world.Fleet.Sites.Length];
        _siteCapacity = new long[world.Fleet.Sites.Length];
        foreach (EdgeNode node in _nodes) _siteCapacity[node.Site] += node.CapacityKbps;
        _underway = [.. Enumerable.Range(0, SlowestWayTicks + 1).Select(_ => new List<ReportCopy>())];
    }

    /// <summary>What is behind the edge; null where nobody asks.</summary>
    public IPullDemand? Backhaul { get; set; }

    /// <summary>The nodes.</summary>
    public ReadOnlySpan<EdgeNode> Nodes => _nodes;

    /// <summary>What each site sends, kbit/s.</summary>
    public ReadOnlySpan<long> SiteEgressKbps => _siteEgress;

    /// <summary>What each site can send now, kbit/s; 0 for a dead one.</summary>
    public ReadOnlySpan<long> SiteCapacityKbps => _siteCapacity;

    /// <summary>Streams that are pulled by some site now, once for each of the two.</summary>
    public int WarmPairs => _viewersOfStream.Count;

    /// <summary>A viewer begins to be served.</summary>
    /// <param name="node">The node.</param>
    /// <param name="replica">Who sent him, from 0.</param>
    /// <param name="stream">What he watches.</param>
    /// <param name="admittedIn">When his place was taken, as his ticket tells; null when it tells of none.</param>
    /// <param name="nowMs">Virtual time, ms.</param>
    /// <returns>True when the site had to pull the stream first.</returns>
    public bool Serve(int node, int replica, int stream, byte? admittedIn, long nowMs)
    {
        EdgeNode edge = _nodes[node];
        edge.EgressKbps += _kbps;
        edge.Sessions++;
        edge.ByReplica[replica] += _kbps;
        edge.SessionsByReplica[replica]++;
        if (admittedIn is { } period) edge.Starts[replica].Add(period, _kbps, nowMs);
        if (edge.Streams.Add(stream)) Backhaul?.Watch(node, stream, watched: true);
        _siteEgress[edge.Site] += _kbps;
        ref int viewers = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_viewersOfStream, Pair(edge.Site, stream), out _);
        return ++viewers == 1;
    }

    /// <summary>A viewer is no longer served.</summary>
    public void Release(int node, int replica, int stream)
    {
        EdgeNode edge = _nodes[node];
        edge.EgressKbps -= _kbps;
        edge.Sessions--;
        edge.ByReplica[replica] -= _kbps;
        edge.SessionsByReplica[replica]--;
        if (edge.Streams.Remove(stream)) Backhaul?.Watch(node, stream, watched: false);
        _siteEgress[edge.Site] -= _kbps;
        long pair = Pair(edge.Site, stream);
        int left = _viewersOfStream[pair] - 1;
        if (left == 0) _viewersOfStream.Remove(pair);
        else _viewersOfStream[pair] = left;
    }

    /// <summary>A node sends more, or less, to nodes that pull from it.</summary>
    public void Send(int node, long kbps)
    {
        _nodes[node].EgressKbps += kbps;
        _siteEgress[_nodes[node].Site] += kbps;
    }

    /// <summary>Starts or kills a node. A dead one must have been left by its viewers.</summary>
    /// <param name="node">The node.</param>
    /// <param name="alive">Whether it lives from now on.</param>
    /// <param name="nowMs">Virtual time, ms. A node that starts does not know what it leased before it died.</param>
    public void SetAlive(int node, bool alive, long nowMs)
    {
        EdgeNode edge = _nodes[node];
        if (edge.Alive == alive) return;
        edge.Alive = alive;
        _siteCapacity[edge.Site] += alive ? edge.CapacityKbps : -edge.CapacityKbps;
        if (!alive)
        {
            Backhaul?.NodeDied(node);
            return;
        }
        edge.Incarnation++;
        edge.Ledger = new GrantLedger(nowMs);
        for (int r = 0; r < edge.Starts.Length; r++) edge.Starts[r] = new StartLedger();
        edge.Sequence = 0;
    }

    /// <summary>Changes what a node can send.</summary>
    public void SetCapacity(int node, long kbps)
    {
        EdgeNode edge = _nodes[node];
        if (edge.Alive) _siteCapacity[edge.Site] += kbps - edge.CapacityKbps;
        edge.CapacityKbps = kbps;
    }

    /// <summary>A report of every node at once: what the replicas know at the start.</summary>
    public IEnumerable<ReportCopy> ReportAll(long nowMs) => Enumerable.Range(0, _nodes.Length).Select(node => Report(node, nowMs));

    /// <summary>Measures the nodes whose turn it is, and gives the reports that arrive now.</summary>
    public List<ReportCopy> Tick(int tick)
    {
        _underway[(tick + SlowestWayTicks) % _underway.Length].Clear();
        foreach (int node in _due[tick % _periodTicks])
        {
            if (!_nodes[node].Alive) continue;
            int way = FastestWayTicks + _chance.Next(SlowestWayTicks - FastestWayTicks + 1);
            _underway[(tick + way) % _underway.Length].Add(Report(node, tick * 100L));
        }
        return _underway[tick % _underway.Length];
    }

    private ReportCopy Report(int node, long nowMs)
    {
        EdgeNode edge = _nodes[node];
        var byReplica = new ReplicaLoad[edge.ByReplica.Length];
        for (int r = 0; r < byReplica.Length; r++) byReplica[r] = new ReplicaLoad(r + 1, edge.SessionsByReplica[r], edge.ByReplica[r]) { Started = edge.Starts[r].StartedAt(nowMs) };
        long capacity = (long)(edge.CapacityKbps * edge.Exaggeration);
        ImmutableArray<ReplicaLoad> granted = edge.Ledger.Grant(nowMs, capacity, edge.EgressKbps, byReplica, _periodTicks * Simulation.TickMs);
        var report = new NodeReport(
            edge.Incarnation, ++edge.Sequence, VirtualClock.Start.ToUnixTimeMilliseconds() + nowMs, capacity, edge.EgressKbps, edge.Sessions,
            NodeState.Serving, null, [], edge.Streams.NextEntries(_streamNames, _kbps), granted);
        return new ReportCopy(node, nowMs, report) { Pulls = Backhaul?.ReportOf(node) };
    }

    private static long CapacityOf(World world, int node)
    {
        // A site's cap is shared by its nodes as the scheduler shares it.
        Core.Topology.Node own = world.Fleet.Nodes[node];
        Core.Topology.Site site = world.Fleet.Sites[world.SiteOfNode[node]];
        long declared = 0;
        foreach (Core.Topology.Node other in world.Fleet.Nodes[world.NodesOfSite[world.SiteOfNode[node]]]) declared += other.Capacity.Kbps;
        double share = site.EgressCap is { } cap ? Math.Min(1, cap.Kbps / (double)Math.Max(1, declared)) : 1;
        return (long)(own.Capacity.Kbps * share);
    }

    private static long Pair(int site, int stream) => ((long)site << 32) | (uint)stream;
}
