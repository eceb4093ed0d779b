using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Prices by permanent number, as they leave the process, and by index, as decisions read them.</summary>
internal static class PriceNumbers
{
    /// <summary>The prices of all sites that ask something.</summary>
    public static NumberedPrice[] Of(PlanPrices prices, FleetIndex fleet)
    {
        var numbered = new List<NumberedPrice>(fleet.Sites.Length);
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null || site.Index >= prices.AskedMs.Length || prices.AskedMs[site.Index] is not (> 0 and var asked)) continue;
            if (numbered.Count < PricesFrame.MostSites) numbered.Add(new NumberedPrice(site.Number, asked));
        }
        return [.. numbered];
    }

    /// <summary>The prices by index; sites that the fleet here does not have are passed over.</summary>
    /// <param name="numbered">Prices by number.</param>
    /// <param name="fleet">The fleet in force here.</param>
    /// <param name="atMs">When they were last found to hold, by our monotonic clock, ms.</param>
    public static PlanPrices ToPlan(ReadOnlySpan<NumberedPrice> numbered, FleetIndex fleet, long atMs)
    {
        var byNumber = new Dictionary<int, float>(numbered.Length);
        foreach (NumberedPrice price in numbered) byNumber[price.Site] = price.AskedMs;
        float[] asked = new float[fleet.Sites.Length];
        foreach (IndexedSite? site in fleet.Sites)
            if (site is not null) asked[site.Index] = byNumber.GetValueOrDefault(site.Number);
        return new PlanPrices(ImmutableArray.Create(asked), atMs);
    }
}
