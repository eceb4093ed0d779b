using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.State.Planning;

/// <summary>
/// Demand as it is planned for, row by row of the plan's network. Reports tell how much there is, sessions tell where it comes from: where more is carried than
/// sessions explain (another system's viewers, sessions of before a restart that have not beaten yet), the rest stands in the rows of its sites, which no plan
/// can move; where sessions weigh more than is carried (viewers who went without a word and have not expired), they count for less. A plan for two per cent too
/// much is half a per cent dearer than the best, so totals must be right.
/// </summary>
internal sealed class DemandEstimate
{
    private readonly RoutingSnapshot _snapshot;
    private readonly PlanRows _rows;
    private readonly double[] _demandMbps;
    private readonly double[] _seenMbps;
    private readonly double[] _peakMbps;
    private readonly Dictionary<int, int> _rowBySiteNumber = [];
    private double _totalMbps;
    private long? _atMs;

    /// <summary>No demand yet.</summary>
    /// <param name="snapshot">The snapshot that the network was built from.</param>
    /// <param name="rows">What the rows are.</param>
    public DemandEstimate(RoutingSnapshot snapshot, PlanRows rows)
    {
        (_snapshot, _rows) = (snapshot, rows);
        _demandMbps = new double[rows.Count];
        _seenMbps = new double[rows.Count];
        _peakMbps = new double[rows.CellRows];
        for (int i = 0; i < rows.Serving.Length; i++) _rowBySiteNumber[snapshot.Fleet.Sites[rows.Serving[i]]!.Number] = rows.CellRows + i;
    }

    /// <summary>Demand of each row, Mbit/s.</summary>
    public ReadOnlySpan<double> DemandMbps => _demandMbps;

    /// <summary>Takes in what is known now.</summary>
    /// <param name="demand">What live sessions weigh.</param>
    /// <param name="capacityMbps">What each site may carry, Mbit/s, by index.</param>
    /// <param name="nowMs">Now, monotonic ms.</param>
    public void Update(Demand demand, ReadOnlySpan<double> capacityMbps, long nowMs)
    {
        Array.Clear(_seenMbps);
        foreach (NumberedKbps cell in demand.Cells)
            if (_snapshot.Candidates.TryFindCell(cell.Number, out int row)) _seenMbps[row] = cell.Kbps / 1_000.0;
        foreach (ClassDemand part in demand.Classes)
            if (_rows.PlaceOf(part.Class) is { } place) Split(part.Cells, place);
        for (int row = 0; row < _rows.CellRows; row++)
        {
            // What fences leave no site for is about to end.
            if (_seenMbps[row] > 0 && _rows.ClassOf(row).Fences.LeaveNothing(_rows.CellOf(row), NodeRoles.Edge, StreamProtocols.None)) _seenMbps[row] = 0;
        }
        foreach (NumberedKbps site in demand.Sites)
            if (_rowBySiteNumber.TryGetValue(site.Number, out int row)) _seenMbps[row] = site.Kbps / 1_000.0;
        Fade(Explain(capacityMbps), nowMs);
    }

    /// <summary>True when demand differs from what was planned for by more than <see cref="PlanRules.DemandMoved"/>.</summary>
    /// <param name="plannedMbps">Demand of each row that was planned for, Mbit/s.</param>
    public bool MovedFrom(ReadOnlySpan<double> plannedMbps)
    {
        double sum = 0, moved = 0;
        for (int row = 0; row < _demandMbps.Length; row++)
        {
            sum += plannedMbps[row];
            moved += Math.Abs(_demandMbps[row] - plannedMbps[row]);
        }
        return moved > PlanRules.DemandMoved * sum;
    }

    /// <summary>Takes a class out of the ordinary rows, into its own.</summary>
    private void Split(ImmutableArray<NumberedKbps> cells, int place)
    {
        foreach (NumberedKbps known in cells)
        {
            if (!_snapshot.Candidates.TryFindCell(known.Number, out int cell)) continue;
            double mbps = known.Kbps / 1_000.0;
            _seenMbps[_rows.RowOf(place, cell)] = mbps;
            _seenMbps[cell] = Math.Max(0, _seenMbps[cell] - mbps); // the two were read one after the other, while sessions came and went
        }
    }

    /// <summary>Fills the rows of the sites with what sessions do not explain.</summary>
    /// <returns>What sessions count for, in [0, 1].</returns>
    private double Explain(ReadOnlySpan<double> capacityMbps)
    {
        double carried = 0, known = 0, excess = 0;
        for (int i = 0; i < _rows.Serving.Length; i++)
        {
            (int site, int row) = (_rows.Serving[i], _rows.CellRows + i);
            _demandMbps[row] = 0;
            if (capacityMbps[site] == 0) continue; // its viewers are about to be elsewhere: they stand in their cells' rows
            double load = _snapshot.Load.SiteLoadKbps(site) / 1_000.0, seen = _seenMbps[row];
            (carried, known, excess) = (carried + load, known + seen, excess + Math.Max(0, load - seen));
            _demandMbps[row] = Math.Min(Math.Max(0, load - seen), capacityMbps[site]);
        }
        // Single sites are off either way, by what happened since their reports; only what is left in the sum of all is unexplained.
        double unexplained = excess > 0 ? Math.Max(0, carried - known) / excess : 0;
        foreach (ref double mbps in _demandMbps.AsSpan(_rows.CellRows)) mbps *= unexplained;
        return known > carried ? carried / known : 1;
    }

    /// <summary>
    /// Fills the rows of the cells: demand rises at once and fades slowly. The sum does so by itself, since the rises of many cells by chance would add up to a
    /// demand that never was.
    /// </summary>
    private void Fade(double weight, long nowMs)
    {
        double kept = _atMs is { } before ? Math.Exp((before - nowMs) / (1_000 * PlanRules.DemandFallS)) : 0;
        _atMs = nowMs;
        double seenTotal = 0, peakTotal = 0;
        for (int row = 0; row < _rows.CellRows; row++)
        {
            double seen = weight * _seenMbps[row];
            _peakMbps[row] = Math.Max(seen, seen + (kept * (_peakMbps[row] - seen)));
            (seenTotal, peakTotal) = (seenTotal + seen, peakTotal + _peakMbps[row]);
        }
        _totalMbps = Math.Max(seenTotal, seenTotal + (kept * (_totalMbps - seenTotal)));
        double scale = peakTotal > 0 ? _totalMbps / peakTotal : 0;
        for (int row = 0; row < _rows.CellRows; row++) _demandMbps[row] = scale * _peakMbps[row];
    }
}
