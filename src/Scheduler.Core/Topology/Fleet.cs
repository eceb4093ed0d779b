using System.Collections.Immutable;

namespace Scheduler.Core.Topology;

/// <summary>
/// Everything that operators own, as one value. A fleet that passed <see cref="FleetValidator"/> has unique ids, no dangling reference, and is
/// in canonical order: sites by id, nodes by (site, id), so that the nodes of a site lie side by side and a position is a dense index.
/// </summary>
/// <param name="Regions">Regions, by id; at most <see cref="FleetLimits.Regions"/>.</param>
/// <param name="Tariffs">Tariffs, by id; at most <see cref="FleetLimits.Tariffs"/>.</param>
/// <param name="Sites">Sites, by id; at most <see cref="FleetLimits.Sites"/>.</param>
/// <param name="Nodes">Nodes, by (site, id); at most <see cref="FleetLimits.Nodes"/>.</param>
/// <param name="Links">Backhaul links, by (PoP, IDC).</param>
/// <param name="Urls">
/// Template of the playing address by protocol; <c>{host}</c> and <c>{stream}</c> are filled in: <see cref="UrlTemplate"/>.
/// </param>
public sealed record Fleet(
    ImmutableArray<Region> Regions,
    ImmutableArray<Tariff> Tariffs,
    ImmutableArray<Site> Sites,
    ImmutableArray<Node> Nodes,
    ImmutableArray<BackhaulLink> Links,
    ImmutableSortedDictionary<StreamProtocols, string> Urls)
{
    /// <summary>A fleet with nothing in it: what a new store holds.</summary>
    public static Fleet Empty { get; } = new([], [], [], [], [], ImmutableSortedDictionary<StreamProtocols, string>.Empty);

    /// <summary>Finds a site; O(log sites). The fleet must be in canonical order.</summary>
    /// <param name="id">Id of the site.</param>
    /// <param name="index">Its position in <see cref="Sites"/>; meaningless when not found.</param>
    /// <returns>True when the fleet has it.</returns>
    public bool TryFindSite(string id, out int index)
    {
        int low = 0, high = Sites.Length - 1;
        while (low <= high)
        {
            index = (low + high) >>> 1;
            int order = string.CompareOrdinal(Sites[index].Id, id);
            if (order == 0) return true;
            if (order < 0) low = index + 1;
            else high = index - 1;
        }
        index = low;
        return false;
    }

    /// <summary>Positions in <see cref="Nodes"/> of a site's nodes; O(log nodes). The fleet must be in canonical order.</summary>
    /// <param name="site">Id of the site.</param>
    /// <returns>A range from the start, empty when the site has no nodes or is not in the fleet.</returns>
    public Range NodesOf(string site) => FirstNodeAtOrAfter(site, 0)..FirstNodeAtOrAfter(site, 1);

    /// <summary>First node whose site compares to <paramref name="site"/> at least as <paramref name="order"/> does to 0.</summary>
    private int FirstNodeAtOrAfter(string site, int order)
    {
        int low = 0, high = Nodes.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Math.Sign(string.CompareOrdinal(Nodes[middle].Site, site)) < order) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
