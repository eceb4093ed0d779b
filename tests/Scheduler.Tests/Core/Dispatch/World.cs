using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Dispatch;

/// <summary>A small world to decide in: sites on a line eastward from one cell, all nodes alike, every ledger open to capacity.</summary>
internal sealed class World
{
    public const long NodeKbps = 1_000_000;
    public LiveLoad Load { get; } = new(LoadPenalty.Default);
    public StreamTable Streams { get; }
    public FleetIndex Fleet { get; }
    public CandidateTable Candidates { get; }
    public Eligibility[] Standings { get; }
    public bool Frozen { get; set; }
    public DispatchPolicy Policy { get; set; } = DispatchPolicy.Default;

    /// <summary>Sites p00, p01, … each 200 km further east of the cell, each with the same number of nodes.</summary>
    public World(int sites, int nodesPerSite, NodeRoles roles = NodeRoles.Edge, RttKnowledge? measured = null)
    {
        Fleet fleet = FleetOf(sites, nodesPerSite, roles);
        Fleet = FleetIndexBuilder.Build(fleet, [.. Enumerable.Range(1, fleet.Sites.Length)], [.. Enumerable.Range(1, fleet.Nodes.Length)], null, 0);
        Candidates = CandidateTableBuilder.Build([new CellPlace("GB-51n-000e-0001", 1, "GB", new GeoPoint(51, 0))], [], Fleet, Policy.Cost, null, measured);
        Streams = new StreamTable(1_024, sites);
        Standings = new Eligibility[Fleet.Nodes.Length];
        foreach (IndexedNode node in Fleet.Nodes.OfType<IndexedNode>()) Fill(node.Index, 0);
    }

    public static Fleet FleetOf(int sites, int nodesPerSite, NodeRoles roles = NodeRoles.Edge)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        var siteList = Enumerable.Range(0, sites).Select(s => new Site(
            $"p{s:00}", SiteKind.Pop, "europe", "Somewhere", "GB", new GeoPoint(51, s * 2.86), null, "eu", [], labels));
        var nodes = Enumerable.Range(0, sites).SelectMany(s => Enumerable.Range(0, nodesPerSite).Select(n => new Node(
            $"p{s:00}-{n:00}", $"p{s:00}", BitRate.FromKbps(NodeKbps), roles, StreamProtocols.Hls | StreamProtocols.Flv,
            $"p{s:00}-{n:00}.edge.example", null, null, labels)));
        return new Fleet(
            [new Region("europe", "Europe")], [new Tariff("eu", 1, TariffBilling.Flat, BitRate.Zero)], [.. siteList], [.. nodes], [],
            ImmutableSortedDictionary<StreamProtocols, string>.Empty.Add(StreamProtocols.Hls, "https://{host}/live/{stream}.m3u8"));
    }

    public int Site(string id) => Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException(id);

    public int Node(string id) => Fleet.TryFindNode(id, out int node) ? node : throw new ArgumentException(id);

    /// <summary>Gives a node a load and what room is left of its capacity, and its site the sums.</summary>
    public void Fill(int node, long loadKbps, long capacityKbps = NodeKbps)
    {
        ref NodeLedger ledger = ref Load.Node(node);
        ledger.Offset = loadKbps - ledger.Assigned;
        ledger.Ceiling = ledger.Assigned + Math.Max(0, capacityKbps - loadKbps);
        ledger.InverseCapacity = 1.0 / Math.Max(1, capacityKbps);
        SumUp(Fleet.SiteOf(node));
    }

    public RoutingSnapshot Snapshot() => RoutingSnapshotBuilder.Build(
        1, 1, null!, Candidates, Fleet, Standings, new bool[Standings.Length], new float[Fleet.Sites.Length], Frozen, Load, Streams, Policy);

    public Decision Decide(
        ulong stream = 1, long kbps = 3_000, int want = 3, int? stay = null, bool look = false, int[]? exclude = null,
        NodeRoles role = NodeRoles.Edge, StreamProtocols protocols = StreamProtocols.None, uint viewer = 0, bool[]? avoid = null)
    {
        var request = new DispatchRequest
        {
            Cell = 0, Row = 0, Stream = stream, Viewer = viewer, Kbps = kbps, Role = role, Protocols = protocols, Exclude = exclude, Stay = stay, WarmEpoch = 10,
            Want = want, LookOnly = look, Avoid = avoid,
        };
        Dispatcher.Decide(Snapshot(), in request, out Decision decision);
        return decision;
    }

    public string SiteOf(in Choice choice) => Fleet.Sites[choice.Site]!.Site.Id;

    private void SumUp(int site)
    {
        ref SiteLedger sum = ref Load.Site(site);
        long load = 0, room = 0, capacity = 0;
        foreach (int n in Fleet.Sites[site]!.Nodes)
        {
            ref NodeLedger ledger = ref Load.Node(n);
            load += ledger.Assigned + ledger.Offset;
            room += ledger.Ceiling - ledger.Assigned;
            capacity += ledger.InverseCapacity == 0 ? 0 : (long)(1 / ledger.InverseCapacity);
        }
        sum.Offset = load - sum.Assigned;
        sum.Ceiling = sum.Assigned + room;
        sum.InverseCapacity = 1.0 / Math.Max(1, capacity);
        Load.Reprice(site);
    }
}
