using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Steering;
using Scheduler.Protocol.V1;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>
/// What answers say of nodes and cells, as bytes. Those of a node are made when it is first named: of a fleet of 100,000 nodes no request has to wait
/// for more than it asks for, and after an edit each is made again as it is needed.
/// </summary>
internal sealed class WireTables
{
    private readonly FleetIndex _fleet;
    private readonly CandidateTable _candidates;
    private readonly CandidateFragment?[] _nodes;
    private readonly NodePathway?[] _pathways;
    private readonly byte[][] _cells;

    private WireTables(RoutingSnapshot snapshot)
    {
        _fleet = snapshot.Fleet;
        _candidates = snapshot.Candidates;
        _nodes = new CandidateFragment?[_fleet.Nodes.Length];
        _pathways = new NodePathway?[_fleet.Nodes.Length];
        _cells = [.. _candidates.Cells.Select(cell => WireText.Encode(cell.Id))];
    }

    /// <summary>The bytes of a node.</summary>
    public CandidateFragment Node(int node) => Volatile.Read(ref _nodes[node]) ?? Make(node);

    /// <summary>What steering manifests say of a node.</summary>
    public NodePathway Pathway(int node)
    {
        if (Volatile.Read(ref _pathways[node]) is { } known) return known;
        Node its = _fleet.Nodes[node]!.Node;
        var made = new NodePathway(its.Id, its.Site, its.Host);
        Volatile.Write(ref _pathways[node], made); // likewise
        return made;
    }

    /// <summary>The id of a cell.</summary>
    public ReadOnlySpan<byte> Cell(int cell) => _cells[cell];

    private CandidateFragment Make(int index)
    {
        IndexedNode node = _fleet.Nodes[index]!;
        IndexedSite site = _fleet.Sites[node.SiteIndex]!;
        string idc = site.Site.Kind == SiteKind.Idc || site.Site.Upstreams.IsEmpty ? site.Site.Id : site.Site.Upstreams[0];
        var made = new CandidateFragment(node.Node, node.Number, site.Number, idc, _fleet.Fleet.Urls);
        Volatile.Write(ref _nodes[index], made); // two threads may make it, and make the same
        return made;
    }

    /// <summary>Tables that fit a snapshot: the ones given when they do, new ones otherwise.</summary>
    /// <param name="known">Tables made before; null for none.</param>
    /// <param name="snapshot">The snapshot.</param>
    public static WireTables For(WireTables? known, RoutingSnapshot snapshot) =>
        known is not null && ReferenceEquals(known._fleet, snapshot.Fleet) && ReferenceEquals(known._candidates, snapshot.Candidates)
            ? known
            : new WireTables(snapshot);
}
