using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Units;

namespace Scheduler.State.Planning;

/// <summary>A shortage in words: <c>short 1.2 Tbit/s in South America</c>.</summary>
internal static class ShortageText
{
    private const double Large = 0.25;

    /// <summary>The words for a link; no full stop.</summary>
    /// <param name="found">What is short.</param>
    /// <param name="fleet">Names its ends.</param>
    public static string Of(LinkShortage found, FleetIndex fleet)
    {
        string amount = BitRate.FromKbps(found.ShortKbps).ToString(), site = fleet.Sites[found.Site]!.Site.Id;
        return found.Idc is { } idc ? $"short {amount} on the link from {fleet.Sites[idc]!.Site.Id} to {site}" : $"{amount} that {site} pulls would have no link at all";
    }

    /// <summary>The words; no full stop.</summary>
    /// <param name="found">What is short.</param>
    /// <param name="shortMbps">How much of it is told, Mbit/s; over 0.</param>
    /// <param name="fleet">Names the sites of the cut.</param>
    public static string Of(Feasibility found, double shortMbps, FleetIndex fleet)
    {
        string amount = BitRate.FromKbps((long)Math.Ceiling(shortMbps * 1_000)).ToString();
        Bottleneck worst = found.Bottlenecks[0];
        if (worst.Sites.IsEmpty) return $"{amount} would have no site at all";
        // The regions of the full sites, the ones with few of them left out: a cut often reaches over a border by a site or two.
        string[] regions =
        [
            .. worst.Sites.Select(site => fleet.Sites[site]).OfType<IndexedSite>().GroupBy(site => site.Site.Region).Select(group => (group.Key, Count: group.Count()))
                .Where(region => region.Count >= Large * worst.Sites.Length).OrderByDescending(region => region.Count).ThenBy(region => region.Key, StringComparer.Ordinal)
                .Select(region => fleet.Fleet.Regions.FirstOrDefault(known => known.Id == region.Key)?.Name ?? region.Key),
        ];
        return regions.Length == 0 ? $"short {amount}" : $"short {amount} in {string.Join(" and ", regions)}";
    }
}
