namespace Scheduler.Core.Planning;

/// <summary>
/// Which site may serve which cell, and at what cost: the part of a planning problem that lasts while demand and capacity change by the second.
/// Immutable. One row of candidates a cell, in one flat array, each row sorted by rising cost, then by site.
/// </summary>
public sealed class PlanNetwork
{
    private readonly int[] _starts;
    private readonly int[] _sites;
    private readonly double[] _costs;

    /// <summary>Copies, checks and sorts the rows. Takes about 2 µs for a row of 32.</summary>
    /// <param name="siteCount">Number of sites; at least 1.</param>
    /// <param name="rowStarts">Where each cell's row starts in the two spans below, and at the end their length; one more than there are cells.</param>
    /// <param name="sites">Site index of each candidate, in [0, siteCount); no site twice in a row.</param>
    /// <param name="costs">a of each candidate: what one Mbit/s of the cell costs there before load, ms-equivalents; finite.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a row is empty or names a site twice, an index is out of range, a cost is not finite.</exception>
    public PlanNetwork(int siteCount, ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> sites, ReadOnlySpan<double> costs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(siteCount, 1);
        if (rowStarts.IsEmpty || rowStarts[0] != 0 || rowStarts[^1] != sites.Length || sites.Length != costs.Length)
            throw new ArgumentException("rows start at 0 and end where the candidates end", nameof(rowStarts));
        SiteCount = siteCount;
        (_starts, _sites, _costs) = (rowStarts.ToArray(), sites.ToArray(), costs.ToArray());
        var lastCell = new int[siteCount]; // the last cell, counted from 1, that named the site
        for (int cell = 0; cell < CellCount; cell++)
        {
            int start = _starts[cell], end = _starts[cell + 1];
            if (end <= start) throw new ArgumentException($"cell {cell} has no candidates", nameof(rowStarts));
            for (int k = start; k < end; k++)
            {
                if ((uint)_sites[k] >= (uint)siteCount) throw new ArgumentException($"cell {cell} names site {_sites[k]} of {siteCount}", nameof(sites));
                if (lastCell[_sites[k]] == cell + 1) throw new ArgumentException($"cell {cell} names site {_sites[k]} twice", nameof(sites));
                if (!double.IsFinite(_costs[k])) throw new ArgumentException($"cell {cell} has a cost that is no number", nameof(costs));
                lastCell[_sites[k]] = cell + 1;
            }
            SortRow(_sites.AsSpan(start, end - start), _costs.AsSpan(start, end - start));
        }
    }

    /// <summary>Number of sites.</summary>
    public int SiteCount { get; }

    /// <summary>Number of cells.</summary>
    public int CellCount => _starts.Length - 1;

    /// <summary>Number of candidates of all cells.</summary>
    public int CandidateCount => _sites.Length;

    /// <summary>Where each cell's row starts, and at the end the number of candidates.</summary>
    public ReadOnlySpan<int> RowStarts => _starts;

    /// <summary>Site of each candidate.</summary>
    public ReadOnlySpan<int> Sites => _sites;

    /// <summary>a of each candidate, ms-equivalents.</summary>
    public ReadOnlySpan<double> Costs => _costs;

    /// <summary>Sites of a cell's candidates, nearest first.</summary>
    /// <param name="cell">Index of the cell.</param>
    public ReadOnlySpan<int> SitesOf(int cell) => _sites.AsSpan(_starts[cell].._starts[cell + 1]);

    /// <summary>a of a cell's candidates, rising, ms-equivalents.</summary>
    /// <param name="cell">Index of the cell.</param>
    public ReadOnlySpan<double> CostsOf(int cell) => _costs.AsSpan(_starts[cell].._starts[cell + 1]);

    private static void SortRow(Span<int> sites, Span<double> costs)
    {
        costs.Sort(sites);
        for (int from = 0; from < costs.Length;)
        {
            int to = from + 1;
            while (to < costs.Length && costs[to] == costs[from]) to++;
            sites[from..to].Sort(); // the sort by cost is not stable: sites of equal cost are put in order again
            from = to;
        }
    }
}
