namespace Scheduler.Core.Geo;

/// <summary>
/// The addresses of one family by cell. IPv4 addresses are alike likely; of IPv6 the ranges are, as their sizes tell nothing about people.
/// </summary>
internal sealed class AddressPool
{
    private readonly int[] _starts;          // by cell: its first range; one entry more for the end
    private readonly CellRange[] _ranges;    // grouped by cell
    private readonly long[] _weightBefore;   // by range: weight of all ranges before it; one entry more for the end

    /// <param name="map">The map.</param>
    /// <param name="v4">True for IPv4.</param>
    public AddressPool(CellMap map, bool v4)
    {
        _starts = new int[map.Cells.Length + 1];
        foreach (CellRange range in map.Ranges(v4)) _starts[range.Cell + 1]++;
        for (int cell = 0; cell < map.Cells.Length; cell++) _starts[cell + 1] += _starts[cell];

        _ranges = new CellRange[_starts[^1]];
        int[] next = _starts[..^1];
        foreach (CellRange range in map.Ranges(v4)) _ranges[next[range.Cell]++] = range;

        _weightBefore = new long[_ranges.Length + 1];
        for (int i = 0; i < _ranges.Length; i++)
            _weightBefore[i + 1] = _weightBefore[i] + (v4 ? _ranges[i].Last.V4 - (long)_ranges[i].First.V4 + 1 : 1);
    }

    /// <summary>True when the cell has no addresses of this family.</summary>
    public bool IsEmpty(int cell) => _starts[cell] == _starts[cell + 1];

    /// <summary>Draws an address of a cell that has some.</summary>
    public IpKey Next(Random random, int cell)
    {
        long weight = random.NextInt64(_weightBefore[_starts[cell]], _weightBefore[_starts[cell + 1]]);
        CellRange range = _ranges[LastNotAbove(_weightBefore, weight)];
        UInt128 highest = range.Last.Value - range.First.Value;
        var chance = new UInt128((ulong)random.NextInt64(), ((ulong)random.NextInt64() << 1) ^ (ulong)random.NextInt64());
        return new IpKey(range.First.Value + (highest == UInt128.MaxValue ? chance : chance % (highest + 1)));
    }

    /// <summary>Index of the last entry that is not above a value; where entries are equal, the last of them.</summary>
    /// <param name="ascending">The first is not above the value.</param>
    /// <param name="value">The value.</param>
    public static int LastNotAbove(long[] ascending, long value)
    {
        int low = 0, high = ascending.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (ascending[middle] <= value) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
