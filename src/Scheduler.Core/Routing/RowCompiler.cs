using System.Collections.Immutable;

namespace Scheduler.Core.Routing;

/// <summary>Compiles the rows of cells, one after the other.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="cost">The cost that load does not change.</param>
/// <param name="rtts">Round-trip times.</param>
/// <param name="measured">Which of them were measured; null when none needs to be.</param>
/// <param name="fences">Which sites may serve whom: a barred site is no candidate.</param>
internal sealed class RowCompiler(FleetIndex fleet, SiteCost cost, RttSource rtts, RttKnowledge? measured, SiteFences fences)
{
    private readonly IndexedSite[] _sites = [.. fleet.Sites.OfType<IndexedSite>().Where(s => s.Nodes.Length > 0)];
    private float[] _costs = [];
    private (IndexedSite Site, float RttMs)[] _order = [];

    /// <summary>The cheapest sites that may serve a cell, in the order of their costs.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="index">Its dense index.</param>
    public ImmutableArray<Candidate> RowOf(CellPlace cell, int index)
    {
        if (_costs.Length != _sites.Length) (_costs, _order) = (new float[_sites.Length], new (IndexedSite, float)[_sites.Length]);
        int count = 0;
        foreach (IndexedSite site in _sites)
        {
            if (!fences.Allow(index, site.Index)) continue;
            double rtt = rtts(cell, site);
            _costs[count] = (float)cost.Of(rtt, cost.LinearPrice(site.Tariff));
            _order[count++] = (site, (float)rtt);
        }
        Array.Sort(_costs, _order, 0, count);
        int length = Math.Min(CandidateTable.RowLength, count);
        var row = ImmutableArray.CreateBuilder<Candidate>(length);
        for (int i = 0; i < length; i++)
            row.Add(new Candidate(_order[i].Site.Index, _order[i].RttMs, _costs[i], measured?.Invoke(cell, _order[i].Site) ?? true));
        return row.MoveToImmutable();
    }
}
