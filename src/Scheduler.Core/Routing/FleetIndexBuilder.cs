using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>Gives a fleet its dense indexes, keeping those that an earlier index gave.</summary>
public static class FleetIndexBuilder
{
    /// <summary>Builds the index of a validated fleet in canonical order.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="siteNumbers">Permanent numbers, one per site.</param>
    /// <param name="nodeNumbers">Permanent numbers, one per node.</param>
    /// <param name="previous">The index in force until now; null for the first.</param>
    /// <param name="nowMs">Monotonic time, ms: indexes of removed nodes rest for a while from here.</param>
    /// <param name="tariffs">The tariffs in force, one for each of the fleet's; null for the fleet's own.</param>
    /// <exception cref="ArgumentException">There are more sites or nodes than <see cref="LiveLoad"/> has places for.</exception>
    public static FleetIndex Build(
        Fleet fleet, ImmutableArray<int> siteNumbers, ImmutableArray<int> nodeNumbers, FleetIndex? previous, long nowMs,
        ImmutableArray<Tariff>? tariffs = null)
    {
        var hadSites = previous?.Sites.OfType<IndexedSite>().ToDictionary(s => s.Number, s => s.Index) ?? [];
        var hadNodes = previous?.Nodes.OfType<IndexedNode>().ToDictionary(n => n.Number, n => n.Index) ?? [];
        (int[] siteIndexes, int siteBound, IndexPool sitePool) =
            (previous?.SitePool ?? IndexPool.Empty).Assign(siteNumbers, hadSites, previous?.Sites.Length ?? 0, nowMs);
        (int[] nodeIndexes, int nodeBound, IndexPool nodePool) =
            (previous?.NodePool ?? IndexPool.Empty).Assign(nodeNumbers, hadNodes, previous?.Nodes.Length ?? 0, nowMs);
        if (siteBound > LiveLoad.MaxSites || nodeBound > LiveLoad.MaxNodes)
            throw new ArgumentException(
                $"the fleet needs {siteBound} site and {nodeBound} node places; there are {LiveLoad.MaxSites} and {LiveLoad.MaxNodes}", nameof(fleet));

        Dictionary<string, Tariff> tariffById = (tariffs ?? fleet.Tariffs).ToDictionary(t => t.Id);
        var sites = new IndexedSite?[siteBound];
        var siteById = new Dictionary<string, (int Index, Site Site, long DeclaredKbps)>();
        ILookup<string, (Node Node, int Index)> nodesBySite = fleet.Nodes.Select((n, i) => (Node: n, Index: nodeIndexes[i])).ToLookup(n => n.Node.Site);
        for (int i = 0; i < fleet.Sites.Length; i++)
        {
            Site site = fleet.Sites[i];
            int index = siteIndexes[i];
            sites[index] = new IndexedSite(index, siteNumbers[i], site, tariffById[site.Tariff], [.. nodesBySite[site.Id].Select(n => n.Index)]);
            siteById[site.Id] = (index, site, nodesBySite[site.Id].Sum(n => n.Node.Capacity.Kbps));
        }

        var nodes = new IndexedNode?[nodeBound];
        for (int i = 0; i < fleet.Nodes.Length; i++)
        {
            Node node = fleet.Nodes[i];
            (int site, Site place, long declared) = siteById[node.Site];
            long share = place.EgressCap is { } cap ? (long)(cap.Kbps * (node.Capacity.Kbps / (double)Math.Max(1, declared))) : long.MaxValue;
            nodes[nodeIndexes[i]] = new IndexedNode(nodeIndexes[i], nodeNumbers[i], site, node, share);
        }
        return new FleetIndex(fleet, [.. sites], [.. nodes], sitePool, nodePool);
    }
}
