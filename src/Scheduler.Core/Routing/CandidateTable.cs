using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Scheduler.Core.Routing;

/// <summary>
/// The sites that each cell should look at, best first: the build form of geography and price. A row is a cell; the rows after the last cell
/// are the operator's prefix overrides, whose sites stand in the order the operator gave.
/// </summary>
public sealed class CandidateTable
{
    /// <summary>Candidates a row has at most: with 16 the optimum is as with all sites (reference measurement: 8 cost 0.13 %, 4 cost 14 %).</summary>
    public const int RowLength = 16;

    private readonly CandidateRow[] _rows;
    private readonly FrozenDictionary<int, int> _cellByNumber;
    private readonly ImmutableArray<IndexedSite?> _siteByIndex;
    private readonly RttSource _rtt;

    internal CandidateTable(
        ImmutableArray<CellPlace> cells, IReadOnlyList<ImmutableArray<Candidate>> rows, float[] sitePrices,
        ImmutableArray<IndexedSite?> siteByIndex, RttSource rtts)
    {
        Cells = cells;
        _rows = new CandidateRow[rows.Count];
        for (int row = 0; row < rows.Count; row++) Write(row, rows[row]);
        SitePriceMs = sitePrices;
        _siteByIndex = siteByIndex;
        _rtt = rtts;
        _cellByNumber = cells.Select((cell, index) => (cell.Number, index)).ToFrozenDictionary(c => c.Number, c => c.index);
    }

    private CandidateTable(CandidateTable earlier, IReadOnlyList<(int Row, ImmutableArray<Candidate> Candidates)> changed)
    {
        Cells = earlier.Cells;
        SitePriceMs = earlier.SitePriceMs;
        _siteByIndex = earlier._siteByIndex;
        _rtt = earlier._rtt;
        _cellByNumber = earlier._cellByNumber;
        _rows = [.. earlier._rows];
        foreach ((int row, ImmutableArray<Candidate> candidates) in changed) Write(row, candidates);
    }

    /// <summary>The same table but for some rows.</summary>
    internal CandidateTable With(IReadOnlyList<(int Row, ImmutableArray<Candidate> Candidates)> changed) => new(this, changed);

    /// <summary>The cells, by dense index.</summary>
    public ImmutableArray<CellPlace> Cells { get; }

    /// <summary>Dense index of a cell, by permanent number.</summary>
    public bool TryFindCell(int number, out int cell) => _cellByNumber.TryGetValue(number, out cell);

    /// <summary>The price term of a site's cost, ms-equivalents, by site index.</summary>
    internal float[] SitePriceMs { get; }

    /// <summary>Round-trip time between any cell and any site there is, ms; slower than a row, for the few who need it.</summary>
    public float RttMs(int cell, int site) => (float)_rtt(Cells[cell], _siteByIndex[site]!);

    /// <summary>A row.</summary>
    /// <param name="row">A cell's dense index, or the number of cells plus the index of an override.</param>
    internal ref readonly CandidateRow Row(int row) => ref _rows[row];

    /// <summary>Site indexes of a row, ascending in cost; allocates nothing.</summary>
    /// <param name="row">A cell's dense index, or the number of cells plus the index of an override.</param>
    public ReadOnlySpan<ushort> SitesOf(int row) => _rows[row].Sites;

    /// <summary>Costs of a row, ms-equivalents, beside <see cref="SitesOf"/>.</summary>
    public ReadOnlySpan<float> CostsOf(int row) => _rows[row].CostsMs;

    /// <summary>Round-trip times of a row, ms, beside <see cref="SitesOf"/>; 0 in the row of an override, whose cells differ.</summary>
    public ReadOnlySpan<float> RttsOf(int row) => _rows[row].RttsMs;

    private void Write(int row, ImmutableArray<Candidate> candidates) => _rows[row] = new CandidateRow(candidates.AsSpan());
}
