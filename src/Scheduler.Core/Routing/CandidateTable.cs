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

    private readonly ushort[] _sites;
    private readonly float[] _costs;
    private readonly float[] _rtts;
    private readonly byte[] _lengths;
    private readonly ushort[] _unmeasured; // by row: a bit for each candidate whose round-trip time nobody has measured
    private readonly FrozenDictionary<int, int> _cellByNumber;
    private readonly ImmutableArray<IndexedSite?> _siteByIndex;
    private readonly RttSource _rtt;

    internal CandidateTable(
        ImmutableArray<CellPlace> cells, IReadOnlyList<ImmutableArray<Candidate>> rows, float[] sitePrices,
        ImmutableArray<IndexedSite?> siteByIndex, RttSource rtts)
    {
        Cells = cells;
        _sites = new ushort[rows.Count * RowLength];
        _costs = new float[rows.Count * RowLength];
        _rtts = new float[rows.Count * RowLength];
        _lengths = new byte[rows.Count];
        _unmeasured = new ushort[rows.Count];
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
        _sites = [.. earlier._sites];
        _costs = [.. earlier._costs];
        _rtts = [.. earlier._rtts];
        _lengths = [.. earlier._lengths];
        _unmeasured = [.. earlier._unmeasured];
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

    /// <summary>Site indexes of a row, ascending in cost; allocates nothing.</summary>
    /// <param name="row">A cell's dense index, or the number of cells plus the index of an override.</param>
    public ReadOnlySpan<ushort> SitesOf(int row) => _sites.AsSpan(row * RowLength, _lengths[row]);

    /// <summary>A bit for each place of a row whose round-trip time nobody has measured.</summary>
    public uint UnmeasuredOf(int row) => _unmeasured[row];

    /// <summary>Costs of a row, ms-equivalents, beside <see cref="SitesOf"/>.</summary>
    public ReadOnlySpan<float> CostsOf(int row) => _costs.AsSpan(row * RowLength, _lengths[row]);

    /// <summary>Round-trip times of a row, ms, beside <see cref="SitesOf"/>; 0 in the row of an override, whose cells differ.</summary>
    public ReadOnlySpan<float> RttsOf(int row) => _rtts.AsSpan(row * RowLength, _lengths[row]);

    private void Write(int row, ImmutableArray<Candidate> candidates)
    {
        _lengths[row] = (byte)candidates.Length;
        _unmeasured[row] = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            _sites[(row * RowLength) + i] = (ushort)candidates[i].Site;
            _costs[(row * RowLength) + i] = candidates[i].CostMs;
            _rtts[(row * RowLength) + i] = candidates[i].RttMs;
            if (!candidates[i].Measured) _unmeasured[row] |= (ushort)(1 << i);
        }
    }
}
