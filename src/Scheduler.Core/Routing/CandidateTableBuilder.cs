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
    /// <param name="fences">Which sites may serve whom; null for no fences. An override has a row for each of their profiles.</param>
    public static CandidateTable Build(
        ImmutableArray<CellPlace> cells, ImmutableArray<ImmutableArray<string>> overrides, FleetIndex fleet, SiteCost cost, RttSource? rtts = null,
        RttKnowledge? measured = null, SiteFences? fences = null)
    {
        rtts ??= RttSources.ByDistance;
        fences ??= SiteFences.None;
        var prices = new float[fleet.Sites.Length];
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null) continue;
            prices[site.Index] = (float)(cost.PriceWeight * cost.LinearPrice(site.Tariff));
        }

        var rows = new List<ImmutableArray<Candidate>>(cells.Length + (overrides.Length * fences.ProfileCount));
        var compiler = new RowCompiler(fleet, cost, rtts, measured, fences);
        for (int cell = 0; cell < cells.Length; cell++) rows.Add(compiler.RowOf(cells[cell], cell));
        for (int profile = 0; profile < fences.ProfileCount; profile++)
        {
            foreach (ImmutableArray<string> ids in overrides)
            {
                IEnumerable<int> open = ids.Where(id => fleet.TryFindSite(id, out int site) && fences.ProfileAllows(profile, site))
                    .Select(id => fleet.TryFindSite(id, out int site) ? site : 0);
                rows.Add([.. open.Take(CandidateTable.RowLength).Select((site, rank) => new Candidate(site, 0, rank * OverrideStepMs, true))]);
            }
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
    /// <param name="fences">The fences that the table was built with; null for none.</param>
    public static CandidateTable Rebuild(
        CandidateTable earlier, IEnumerable<int> cells, FleetIndex fleet, SiteCost cost, RttSource rtts, RttKnowledge? measured, SiteFences? fences = null)
    {
        var compiler = new RowCompiler(fleet, cost, rtts, measured, fences ?? SiteFences.None);
        var changed = new List<(int, ImmutableArray<Candidate>)>();
        foreach (int number in cells)
            if (earlier.TryFindCell(number, out int cell)) changed.Add((cell, compiler.RowOf(earlier.Cells[cell], cell)));
        return earlier.With(changed);
    }
}
