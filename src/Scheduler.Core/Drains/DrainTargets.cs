using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Drains;

/// <summary>Which nodes of a fleet a drain is about.</summary>
public static class DrainTargets
{
    /// <summary>The nodes that a target stands for, those of PoPs that it leaves without an upstream included; O(nodes).</summary>
    /// <param name="fleet">A fleet in canonical order.</param>
    /// <param name="target">What is drained.</param>
    /// <returns>
    /// Positions in <see cref="Fleet.Nodes"/>, rising. Empty when the target names nothing in this fleet, which is no fault for a drain that
    /// outlived its site: what to tell the author of a new drain is <see cref="FindFault"/>.
    /// </returns>
    public static ImmutableArray<int> Resolve(Fleet fleet, DrainTarget target)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(target);
        return WithFedSites(fleet, target.Kind switch
        {
            DrainTargetKind.Site => OfSite(fleet, target.Value),
            DrainTargetKind.Node => OfNode(fleet, target.Value),
            DrainTargetKind.Selector => LabelSelector.TryParse(target.Value, out LabelSelector? selector, out _) ? Matching(fleet, selector) : [],
            _ => throw new ArgumentOutOfRangeException(nameof(target), target.Kind, "is not a kind of drain target"),
        });
    }

    /// <summary>What is wrong with a target that somebody asks for; null when it stands for something.</summary>
    /// <param name="fleet">A fleet in canonical order.</param>
    /// <param name="target">What is to be drained.</param>
    /// <returns>One sentence without a full stop, for the field that holds the target.</returns>
    public static string? FindFault(Fleet fleet, DrainTarget target)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(target);
        switch (target.Kind)
        {
            case DrainTargetKind.Site:
                return fleet.TryFindSite(target.Value, out _) ? null : $"names no site of the fleet: {FleetText.Quote(target.Value)}";
            case DrainTargetKind.Node:
                return OfNode(fleet, target.Value).IsEmpty ? $"names no node of the fleet: {FleetText.Quote(target.Value)}" : null;
            case DrainTargetKind.Selector:
                if (!LabelSelector.TryParse(target.Value, out LabelSelector? selector, out string? fault)) return fault;
                return Matching(fleet, selector).IsEmpty ? $"matches no node of the fleet: {FleetText.Quote(target.Value)}" : null;
            default:
                return "must be a site, a node or a selector";
        }
    }

    /// <summary>
    /// Adds the nodes of every PoP that nothing else would feed: an IDC that is drained whole takes with it the PoPs that have no other upstream.
    /// </summary>
    private static ImmutableArray<int> WithFedSites(Fleet fleet, ImmutableArray<int> nodes)
    {
        HashSet<string> whole = [.. nodes.GroupBy(i => fleet.Nodes[i].Site).Where(site => site.Count() == Count(fleet.NodesOf(site.Key))).Select(site => site.Key)];
        if (whole.Count == 0) return nodes;
        IEnumerable<int> fed = fleet.Sites.Where(site => !site.Upstreams.IsDefaultOrEmpty && site.Upstreams.All(whole.Contains)).SelectMany(site => OfSite(fleet, site.Id));
        return [.. nodes.Union(fed).Order()];

        int Count(Range range) => range.GetOffsetAndLength(fleet.Nodes.Length).Length;
    }

    private static ImmutableArray<int> OfSite(Fleet fleet, string site)
    {
        (int first, int count) = fleet.NodesOf(site).GetOffsetAndLength(fleet.Nodes.Length);
        return [.. Enumerable.Range(first, count)];
    }

    private static ImmutableArray<int> OfNode(Fleet fleet, string id)
    {
        for (int i = 0; i < fleet.Nodes.Length; i++)
            if (fleet.Nodes[i].Id == id) return [i];
        return [];
    }

    private static ImmutableArray<int> Matching(Fleet fleet, LabelSelector selector)
    {
        ImmutableArray<int>.Builder nodes = ImmutableArray.CreateBuilder<int>();
        foreach (Site site in fleet.Sites)
        {
            (int first, int count) = fleet.NodesOf(site.Id).GetOffsetAndLength(fleet.Nodes.Length);
            for (int i = first; i < first + count; i++)
                if (selector.Matches(fleet.Nodes[i], site)) nodes.Add(i);
        }
        return nodes.ToImmutable();
    }
}
