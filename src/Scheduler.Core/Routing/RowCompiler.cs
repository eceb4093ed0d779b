using System.Collections.Immutable;

namespace Scheduler.Core.Routing;

/// <summary>Compiles the rows of cells, one after the other.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="cost">The cost that load does not change.</param>
/// <param name="rtts">Round-trip times.</param>
/// <param name="measured">Which of them were measured; null when none needs to be.</param>
internal sealed class RowCompiler(FleetIndex fleet, SiteCost cost, RttSource rtts, RttKnowledge? measured)
{
    private readonly IndexedSite[] _sites = [.. fleet.Sites.OfType<IndexedSite>().Where(s => s.Nodes.Length > 0)];
    private float[] _costs = [];
    private (IndexedSite Site, float RttMs)[] _order = [];

    /// <summary>The cheapest sites of a cell, in the order of their costs.</summary>
    public ImmutableArray<Candidate> RowOf(CellPlace cell)
    {
        if (_costs.Length != _sites.Length) (_costs, _order) = (new float[_sites.Length], new (IndexedSite, float)[_sites.Length]);
        for (int i = 0; i < _sites.Length; i++)
        {
            double rtt = rtts(cell, _sites[i]);
            _costs[i] = (float)cost.Of(rtt, cost.LinearPrice(_sites[i].Tariff));
            _order[i] = (_sites[i], (float)rtt);
        }
        Array.Sort(_costs, _order);
        int length = Math.Min(CandidateTable.RowLength, _sites.Length);
        var row = ImmutableArray.CreateBuilder<Candidate>(length);
        for (int i = 0; i < length; i++)
            row.Add(new Candidate(_order[i].Site.Index, _order[i].RttMs, _costs[i], measured?.Invoke(cell, _order[i].Site) ?? true));
        return row.MoveToImmutable();
    }
}
