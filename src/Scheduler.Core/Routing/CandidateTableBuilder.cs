using System.Collections.Immutable;

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
    /// <param name="rtts">Round-trip times; null for the model by distance. Kept, and asked by many threads at once.</param>
    /// <param name="measured">Which of them were measured; null when none needs to be.</param>
    public static CandidateTable Build(
        ImmutableArray<CellPlace> cells, ImmutableArray<ImmutableArray<string>> overrides, FleetIndex fleet, SiteCost cost, RttSource? rtts = null,
        RttKnowledge? measured = null)
    {
        rtts ??= RttSources.ByDistance;
        var prices = new float[fleet.Sites.Length];
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null) continue;
            prices[site.Index] = (float)(cost.PriceWeight * cost.LinearPrice(site.Tariff));
        }

        var rows = new List<ImmutableArray<Candidate>>(cells.Length + overrides.Length);
        var compiler = new RowCompiler(fleet, cost, rtts, measured);
        foreach (CellPlace cell in cells) rows.Add(compiler.RowOf(cell));
        foreach (ImmutableArray<string> ids in overrides)
        {
            IEnumerable<int> known = ids.Where(id => fleet.TryFindSite(id, out _)).Select(id => fleet.TryFindSite(id, out int site) ? site : 0);
            rows.Add([.. known.Take(CandidateTable.RowLength).Select((site, rank) => new Candidate(site, 0, rank * OverrideStepMs, true))]);
        }
        return new CandidateTable(cells, rows, prices, fleet.Sites, rtts);
    }

    /// <summary>Compiles some rows anew, after round-trip times of their cells have changed. O(cells named x sites) and a copy of the table.</summary>
    /// <param name="earlier">The table, of the same fleet and cells.</param>
    /// <param name="cells">Permanent numbers of the cells; unknown ones are passed over.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="cost">The cost that load does not change.</param>
    /// <param name="rtts">Round-trip times: the source that the table was built with.</param>
    /// <param name="measured">Which of them were measured.</param>
    public static CandidateTable Rebuild(
        CandidateTable earlier, IEnumerable<int> cells, FleetIndex fleet, SiteCost cost, RttSource rtts, RttKnowledge? measured)
    {
        var compiler = new RowCompiler(fleet, cost, rtts, measured);
        var changed = new List<(int, ImmutableArray<Candidate>)>();
        foreach (int number in cells)
            if (earlier.TryFindCell(number, out int cell)) changed.Add((cell, compiler.RowOf(earlier.Cells[cell])));
        return earlier.With(changed);
    }
}
