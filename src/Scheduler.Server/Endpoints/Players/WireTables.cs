using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>What answers say of nodes and cells, as bytes made ready for one fleet and one map.</summary>
internal sealed class WireTables
{
    private readonly FleetIndex _fleet;
    private readonly CandidateTable _candidates;
    private readonly CandidateFragment?[] _nodes;
    private readonly byte[][] _cells;

    private WireTables(RoutingSnapshot snapshot)
    {
        _fleet = snapshot.Fleet;
        _candidates = snapshot.Candidates;
        _nodes = new CandidateFragment?[_fleet.Nodes.Length];
        foreach (IndexedNode node in _fleet.Nodes.OfType<IndexedNode>())
        {
            IndexedSite site = _fleet.Sites[node.SiteIndex]!;
            string idc = site.Site.Kind == SiteKind.Idc || site.Site.Upstreams.IsEmpty ? site.Site.Id : site.Site.Upstreams[0];
            _nodes[node.Index] = new CandidateFragment(node.Node, node.Number, site.Number, idc, _fleet.Fleet.Urls);
        }
        _cells = [.. _candidates.Cells.Select(cell => WireText.Encode(cell.Id))];
    }

    /// <summary>The bytes of a node.</summary>
    public CandidateFragment Node(int node) => _nodes[node]!;

    /// <summary>The id of a cell.</summary>
    public ReadOnlySpan<byte> Cell(int cell) => _cells[cell];

    /// <summary>Tables that fit a snapshot: the ones given when they do, new ones otherwise.</summary>
    /// <param name="known">Tables made before; null for none.</param>
    /// <param name="snapshot">The snapshot.</param>
    public static WireTables For(WireTables? known, RoutingSnapshot snapshot) =>
        known is not null && ReferenceEquals(known._fleet, snapshot.Fleet) && ReferenceEquals(known._candidates, snapshot.Candidates)
            ? known
            : new WireTables(snapshot);
}
