using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Units;

namespace Scheduler.Core.Routing;

/// <summary>Compiles cells, sites and prices into a <see cref="CandidateTable"/>.</summary>
public static class CandidateTableBuilder
{
    /// <summary>Steps between the sites of an override, ms-equivalents: more than load can ever add below full, so that the given order holds.</summary>
    private const float OverrideStepMs = 10_000;

    /// <summary>Builds the table. Takes about 50 ns per pair of cell and site.</summary>
    /// <param name="cells">Cells by dense index.</param>
    /// <param name="overrides">Ordered site ids of each prefix override; unknown ids are passed over.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="cost">The cost that load does not change.</param>
    public static CandidateTable Build(ImmutableArray<CellPlace> cells, ImmutableArray<ImmutableArray<string>> overrides, FleetIndex fleet, SiteCost cost)
    {
        var locations = new GeoPoint[fleet.Sites.Length];
        var prices = new float[fleet.Sites.Length];
        IndexedSite[] sites = [.. fleet.Sites.OfType<IndexedSite>().Where(s => s.Nodes.Length > 0)];
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null) continue;
            locations[site.Index] = site.Site.Location;
            prices[site.Index] = (float)(cost.PriceWeight * site.Tariff.PricePerMbps);
        }

        int rows = cells.Length + overrides.Length;
        var candidates = new Candidate[rows * CandidateTable.RowLength];
        var lengths = new byte[rows];
        var costs = new float[sites.Length];
        var order = new Candidate[sites.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            for (int i = 0; i < sites.Length; i++)
            {
                double rtt = RttModel.EstimateMs(cells[cell].Location.DistanceKm(sites[i].Site.Location));
                costs[i] = (float)cost.Of(rtt, sites[i].Tariff.PricePerMbps);
                order[i] = new Candidate(sites[i].Index, (float)rtt, costs[i]);
            }
            Array.Sort(costs, order);
            lengths[cell] = (byte)Math.Min(CandidateTable.RowLength, order.Length);
            order.AsSpan(0, lengths[cell]).CopyTo(candidates.AsSpan(cell * CandidateTable.RowLength));
        }
        for (int i = 0; i < overrides.Length; i++)
        {
            int row = cells.Length + i;
            foreach (string id in overrides[i])
            {
                if (lengths[row] == CandidateTable.RowLength || !fleet.TryFindSite(id, out int site)) continue;
                candidates[(row * CandidateTable.RowLength) + lengths[row]] = new Candidate(site, 0, lengths[row] * OverrideStepMs);
                lengths[row]++;
            }
        }
        return new CandidateTable(cells, candidates, lengths, prices, locations);
    }
}
