using System.Collections.Frozen;
using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>
/// Finds the cell of an address. Immutable; built by <see cref="CellMapBuilder"/> or read by <see cref="CellMapCodec"/>. A look-up takes
/// tens of nanoseconds, allocates nothing and is safe from any thread.
/// </summary>
public sealed class CellMap
{
    private readonly Ipv4Table _v4;
    private readonly Ipv6Table _v6;
    private readonly FrozenDictionary<string, int> _indexes;

    internal CellMap(ImmutableArray<Cell> cells, Ipv4Table v4, Ipv6Table v6, DateTimeOffset createdAt, string source)
    {
        (_v4, _v6) = (v4, v6);
        (Cells, CreatedAt, Source) = (cells, createdAt, source);
        _indexes = cells.Select((cell, index) => KeyValuePair.Create(cell.Id, index)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All cells, ascending by id (ordinal). An index into this array is valid for this map alone; across maps, ids are.</summary>
    public ImmutableArray<Cell> Cells { get; }

    /// <summary>When the map was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>What it was made from, for people.</summary>
    public string Source { get; }

    /// <summary>Memory of the look-up tables, bytes.</summary>
    public long TableBytes => _v4.Bytes + _v6.Bytes;

    /// <summary>The cell of an IPv4 address.</summary>
    /// <param name="address">The address as a number, first octet highest.</param>
    /// <param name="match">The cell when there is one; the prefix length in either case.</param>
    /// <returns>False when no cell is known for the address.</returns>
    public bool TryLocate(uint address, out CellMatch match)
    {
        ushort code = _v4.Find(address, out byte prefixLength);
        match = new CellMatch(code - (code == CellCode.Unknown ? 0 : 1), prefixLength);
        return code != CellCode.Unknown;
    }

    /// <summary>The cell of an address of either family.</summary>
    /// <param name="address">The address.</param>
    /// <param name="match">The cell when there is one; the prefix length in either case.</param>
    /// <returns>False when no cell is known for the address.</returns>
    public bool TryLocate(IpKey address, out CellMatch match)
    {
        if (address.IsV4) return TryLocate(address.V4, out match);
        ushort code = _v6.Find(address.High, address.Low, out byte prefixLength);
        match = new CellMatch(code - (code == CellCode.Unknown ? 0 : 1), prefixLength);
        return code != CellCode.Unknown;
    }

    /// <summary>The index of a cell.</summary>
    /// <param name="id">Id of the cell.</param>
    /// <param name="cell">Its index.</param>
    /// <returns>False when the map has no such cell.</returns>
    public bool TryFind(string id, out int cell) => _indexes.TryGetValue(id, out cell);

    /// <summary>The cell whose place is nearest, whatever its country; the common one of a place that is split. Linear in the cells: for set-up.</summary>
    /// <param name="location">A valid place.</param>
    /// <param name="cell">Its index.</param>
    /// <returns>False when the map has no cells.</returns>
    public bool TryFindNearest(GeoPoint location, out int cell)
    {
        cell = 0;
        double nearestKm = double.MaxValue;
        for (int i = 0; i < Cells.Length; i++)
        {
            double km = Cells[i].Location.DistanceKm(location);
            bool moreCommon = km == nearestKm && Cells[cell].Carrier is not null && Cells[i].Carrier is null;
            if (km < nearestKm || moreCommon) (cell, nearestKm) = (i, km);
        }
        return Cells.Length > 0;
    }

    /// <summary>
    /// All blocks of consecutive addresses that share a cell, by family and address, neighbours merged. For tools: walks the whole map.
    /// </summary>
    public IEnumerable<CellRange> Ranges() => Ranges(v4: true).Concat(Ranges(v4: false));

    /// <summary>The blocks of one family; see <see cref="Ranges()"/>.</summary>
    /// <param name="v4">True for IPv4.</param>
    public IEnumerable<CellRange> Ranges(bool v4)
    {
        CellRun open = default;
        foreach (CellRun run in Runs(v4))
        {
            if (open.Code != CellCode.Unknown) yield return Range(open, run.First - 1, v4);
            open = run;
        }
        UInt128 last = v4 ? uint.MaxValue : UInt128.MaxValue;
        if (open.Code != CellCode.Unknown) yield return Range(open, last, v4);
    }

    /// <summary>Sizes of the tables, for the builders that make them again.</summary>
    internal (int V4RunWords, int V6Leaves, int V6Splits) TableSizes => (_v4.RunWords, _v6.Sizes.Leaves, _v6.Sizes.Splits);

    /// <summary>The runs of one family, merged and gapless: the first begins at 0.</summary>
    internal IEnumerable<CellRun> Runs(bool ofV4)
    {
        bool any = false;
        CellRun last = default;
        foreach (CellRun run in ofV4 ? _v4.Runs() : _v6.Runs())
        {
            if (any && run.Code == last.Code) continue;
            yield return run;
            (any, last) = (true, run);
        }
    }

    private static CellRange Range(CellRun run, UInt128 last, bool v4) => v4
        ? new CellRange(IpKey.FromV4((uint)run.First), IpKey.FromV4((uint)last), run.Code - 1)
        : new CellRange(new IpKey(run.First), new IpKey(last), run.Code - 1);
}
