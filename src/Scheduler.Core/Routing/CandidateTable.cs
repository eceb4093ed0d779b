using System.Collections.Frozen;
using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Routing;

/// <summary>
/// The sites that each cell should look at, best first: the build form of geography and price. A row is a cell; the rows after the last cell
/// are the operator's prefix overrides, whose sites stand in the order the operator gave.
/// </summary>
public sealed class CandidateTable
{
    /// <summary>Candidates a row has at most: with 16 the optimum is as with all sites (reference measurement: 8 cost 0.13 %, 4 cost 14 %).</summary>
    public const int RowLength = 16;

    private readonly Candidate[] _candidates;
    private readonly byte[] _lengths;
    private readonly FrozenDictionary<int, int> _cellByNumber;

    internal CandidateTable(ImmutableArray<CellPlace> cells, Candidate[] candidates, byte[] lengths, float[] sitePrices, GeoPoint[] siteLocations)
    {
        Cells = cells;
        _candidates = candidates;
        _lengths = lengths;
        SitePriceMs = sitePrices;
        SiteLocations = siteLocations;
        _cellByNumber = cells.Select((cell, index) => (cell.Number, index)).ToFrozenDictionary(c => c.Number, c => c.index);
    }

    /// <summary>The cells, by dense index.</summary>
    public ImmutableArray<CellPlace> Cells { get; }

    /// <summary>Dense index of a cell, by permanent number.</summary>
    public bool TryFindCell(int number, out int cell) => _cellByNumber.TryGetValue(number, out cell);

    /// <summary>The price term of a site's cost, ms-equivalents, by site index.</summary>
    internal float[] SitePriceMs { get; }

    /// <summary>Where each site stands, by site index.</summary>
    internal GeoPoint[] SiteLocations { get; }

    /// <summary>The candidates of a row, ascending in cost.</summary>
    /// <param name="row">A cell's dense index, or the number of cells plus the index of an override.</param>
    public ReadOnlySpan<Candidate> Row(int row) => _candidates.AsSpan(row * RowLength, _lengths[row]);
}
