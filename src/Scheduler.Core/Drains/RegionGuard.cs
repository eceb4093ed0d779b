using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Drains;

/// <summary>Keeps several drains from taking too much of one region together. Knows declared capacities and other drains only, and no load.</summary>
public static class RegionGuard
{
    /// <summary>A refusal for each region in which the cap would be exceeded; O(nodes).</summary>
    /// <param name="fleet">A fleet in canonical order.</param>
    /// <param name="others">By position in <see cref="Fleet.Nodes"/>: what other drains take.</param>
    /// <param name="target">By position: what this one takes.</param>
    /// <param name="rules">The cap.</param>
    public static ImmutableArray<DrainRefusal> Judge(Fleet fleet, ReadOnlySpan<bool> others, ReadOnlySpan<bool> target, DrainRules rules)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(rules);
        var regions = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (Site site in fleet.Sites)
        {
            if (!regions.TryGetValue(site.Region, out Tally? tally)) regions[site.Region] = tally = new Tally();
            (int first, int count) = fleet.NodesOf(site.Id).GetOffsetAndLength(fleet.Nodes.Length);
            bool isWhole = count > 0, isNew = false;
            for (int node = first; node < first + count; node++)
            {
                bool adds = target[node] && !others[node];
                (isWhole, isNew) = (isWhole && (others[node] || adds), isNew || adds);
                double capacity = (fleet.Nodes[node].Roles & NodeRoles.Edge) != 0 ? fleet.Nodes[node].Capacity.Mbps : 0;
                tally.AllMbps += capacity;
                if (others[node]) tally.OthersMbps += capacity;
                if (adds) tally.TargetMbps += capacity;
            }
            if (!isWhole || site.Kind != SiteKind.Idc) continue;
            tally.Idcs++;
            tally.TakesIdc |= isNew;
        }
        var refusals = ImmutableArray.CreateBuilder<DrainRefusal>();
        foreach ((string id, Tally tally) in regions)
        {
            string name = fleet.Regions.FirstOrDefault(region => region.Id == id)?.Name ?? id;
            double share = tally.AllMbps > 0 ? (tally.OthersMbps + tally.TargetMbps) / tally.AllMbps : 0;
            if (tally.TakesIdc && tally.Idcs > rules.MostIdcs)
                refusals.Add(new DrainRefusal(DrainRefusalKind.RegionCap, FormattableString.Invariant($"{tally.Idcs} IDCs of {name} would be drained at once, {rules.MostIdcs} may be")));
            else if (tally is { OthersMbps: > 0, TargetMbps: > 0 } && share > rules.MostShare)
                refusals.Add(new DrainRefusal(DrainRefusalKind.RegionCap, FormattableString.Invariant($"drains would take {share:0.#%} of {name} together, {rules.MostShare:0.#%} may be taken")));
        }
        return refusals.ToImmutable();
    }

    private sealed class Tally
    {
        public double AllMbps { get; set; }

        public double OthersMbps { get; set; }

        public double TargetMbps { get; set; }

        public int Idcs { get; set; }

        public bool TakesIdc { get; set; }
    }
}
