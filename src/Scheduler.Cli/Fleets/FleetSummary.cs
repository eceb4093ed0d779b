using Scheduler.Core.Topology;

namespace Scheduler.Cli.Fleets;

/// <summary>What a fleet amounts to.</summary>
/// <param name="Regions">Regions.</param>
/// <param name="Idcs">Sites that are IDCs.</param>
/// <param name="Pops">Sites that are PoPs.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="CapacityBps">Egress of all sites, bit/s: of each the sum of its nodes, or its cap when that is less.</param>
internal sealed record FleetSummary(int Regions, int Idcs, int Pops, int Nodes, long CapacityBps)
{
    /// <summary>The summary of a valid fleet.</summary>
    public static FleetSummary Of(Fleet fleet)
    {
        ILookup<string, Node> nodes = fleet.Nodes.ToLookup(node => node.Site, StringComparer.Ordinal);
        int idcs = fleet.Sites.Count(site => site.Kind == SiteKind.Idc);
        long capacity = fleet.Sites.Sum(site =>
            Math.Min(site.EgressCap?.BitsPerSecond ?? long.MaxValue, nodes[site.Id].Sum(node => node.Capacity.BitsPerSecond)));
        return new FleetSummary(fleet.Regions.Length, idcs, fleet.Sites.Length - idcs, fleet.Nodes.Length, capacity);
    }
}
