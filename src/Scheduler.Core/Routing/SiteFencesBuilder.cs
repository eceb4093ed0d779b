using System.Collections.Immutable;
using Scheduler.Core.Policies;

namespace Scheduler.Core.Routing;

/// <summary>Compiles fences: what binds each country, into what binds each cell.</summary>
public static class SiteFencesBuilder
{
    /// <summary>Compiles the fences of a policy for one class of streams. O(cells + profiles × sites).</summary>
    /// <param name="cells">Cells, by dense index; their countries decide.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="fences">The fences.</param>
    /// <param name="streams">The class; null for streams of none.</param>
    public static SiteFences Build(ImmutableArray<CellPlace> cells, FleetIndex fleet, ImmutableArray<GeoFence> fences, StreamClass? streams)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        if (fences.IsEmpty && streams?.Sites is null) return SiteFences.None;
        var profileOfCountry = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var profileOfFences = new Dictionary<ulong, ushort>(); // by a bit for each fence: there are at most 64
        var profiles = new List<FenceProfile>();
        var profileOfCell = new ushort[cells.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            string country = cells[cell].Country;
            if (!profileOfCountry.TryGetValue(country, out profileOfCell[cell]))
            {
                ulong binding = 0;
                for (int i = 0; i < fences.Length; i++)
                    if (fences[i].Binds(country)) binding |= 1UL << i;
                if (!profileOfFences.TryGetValue(binding, out profileOfCell[cell]))
                {
                    profileOfFences[binding] = profileOfCell[cell] = (ushort)profiles.Count;
                    profiles.Add(Profile(fleet, [.. fences.Where((_, i) => (binding >> i & 1) != 0)], streams));
                }
                profileOfCountry[country] = profileOfCell[cell];
            }
        }
        return new SiteFences(profileOfCell, [.. profiles]);
    }

    private static FenceProfile Profile(FleetIndex fleet, ImmutableArray<GeoFence> binding, StreamClass? streams)
    {
        var open = new ulong[(fleet.Sites.Length >> 6) + 1];
        SiteOffer offered = default, offeredByAll = default;
        var served = new bool[binding.Length]; // whether a fence by itself lets any site serve
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null) continue;
            bool allowed = streams?.Sites?.Selects(site.Site) ?? true;
            for (int i = 0; i < binding.Length; i++)
            {
                bool passes = binding[i].Sites.Selects(site.Site) == (binding[i].Rule == FenceRule.Allow);
                served[i] |= passes;
                allowed &= passes;
            }
            if (allowed) open[site.Index >> 6] |= 1UL << (site.Index & 63);
            foreach (int node in site.Nodes)
            {
                offeredByAll = offeredByAll.With(fleet.Nodes[node]!.Node);
                if (allowed) offered = offered.With(fleet.Nodes[node]!.Node);
            }
        }
        // A fence that leaves nothing by itself is the reason, whatever else holds there.
        IEnumerable<GeoFence> telling = served.Contains(false) ? binding.Where((_, i) => !served[i]) : binding;
        IEnumerable<string> reasons = telling.Select(fence => $"{fence.Id}: {fence.Reason}");
        if (streams?.Sites is not null && !served.Contains(false)) reasons = reasons.Append($"streams of class {streams.Id} are served by its own sites only");
        return new FenceProfile(open, offered, offeredByAll, string.Join("; ", reasons));
    }
}
