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
    private readonly int[] _serving;
    private readonly double[] _demandMbps;
    private readonly double[] _seenMbps;
    private readonly double[] _peakMbps;
    private readonly Dictionary<int, int> _rowBySiteNumber = [];
    private double _totalMbps;
    private long? _atMs;

    /// <summary>No demand yet.</summary>
    /// <param name="snapshot">The snapshot that the network was built from.</param>
    /// <param name="serving">Indexes of the sites that have a row of their own.</param>
    public DemandEstimate(RoutingSnapshot snapshot, int[] serving)
    {
        (_snapshot, _serving) = (snapshot, serving);
        _demandMbps = new double[CellCount + serving.Length];
        _seenMbps = new double[_demandMbps.Length];
        _peakMbps = new double[CellCount];
        for (int i = 0; i < serving.Length; i++) _rowBySiteNumber[snapshot.Fleet.Sites[serving[i]]!.Number] = CellCount + i;
    }

    /// <summary>Demand of each row, Mbit/s.</summary>
    public ReadOnlySpan<double> DemandMbps => _demandMbps;

    private int CellCount => _snapshot.Candidates.Cells.Length;

    /// <summary>Takes in what is known now.</summary>
    /// <param name="demand">What live sessions weigh.</param>
    /// <param name="capacityMbps">What each site may carry, Mbit/s, by index.</param>
    /// <param name="nowMs">Now, monotonic ms.</param>
    public void Update(Demand demand, ReadOnlySpan<double> capacityMbps, long nowMs)
    {
        Array.Clear(_seenMbps);
        foreach (NumberedKbps cell in demand.Cells)
        {
            // What fences leave no site for is about to end.
            if (_snapshot.Candidates.TryFindCell(cell.Number, out int row) && !_snapshot.Fences.LeaveNothing(row, NodeRoles.Edge, StreamProtocols.None))
                _seenMbps[row] = cell.Kbps / 1_000.0;
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

    /// <summary>Fills the rows of the sites with what sessions do not explain.</summary>
    /// <returns>What sessions count for, in [0, 1].</returns>
    private double Explain(ReadOnlySpan<double> capacityMbps)
    {
        double carried = 0, known = 0, excess = 0;
        for (int i = 0; i < _serving.Length; i++)
        {
            _demandMbps[CellCount + i] = 0;
            if (capacityMbps[_serving[i]] == 0) continue; // its viewers are about to be elsewhere: they stand in their cells' rows
            double load = _snapshot.Load.SiteLoadKbps(_serving[i]) / 1_000.0, seen = _seenMbps[CellCount + i];
            (carried, known, excess) = (carried + load, known + seen, excess + Math.Max(0, load - seen));
            _demandMbps[CellCount + i] = Math.Min(Math.Max(0, load - seen), capacityMbps[_serving[i]]);
        }
        // Single sites are off either way, by what happened since their reports; only what is left in the sum of all is unexplained.
        double unexplained = excess > 0 ? Math.Max(0, carried - known) / excess : 0;
        foreach (ref double site in _demandMbps.AsSpan(CellCount)) site *= unexplained;
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
        for (int row = 0; row < CellCount; row++)
        {
            double seen = weight * _seenMbps[row];
            _peakMbps[row] = Math.Max(seen, seen + (kept * (_peakMbps[row] - seen)));
            (seenTotal, peakTotal) = (seenTotal + seen, peakTotal + _peakMbps[row]);
        }
        _totalMbps = Math.Max(seenTotal, seenTotal + (kept * (_totalMbps - seenTotal)));
        double scale = peakTotal > 0 ? _totalMbps / peakTotal : 0;
        for (int row = 0; row < CellCount; row++) _demandMbps[row] = scale * _peakMbps[row];
    }
}
