using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Scheduler.Core.Geo;

/// <summary>
/// The carrier of every address, from databases of autonomous systems: what <see cref="CellMapBuilder"/> splits cells by. For one thread.
/// </summary>
public sealed class CarrierTable
{
    /// <summary>Rows of a list that may overlap the row above them. With more of them the list as a whole is not to be trusted.</summary>
    public const int MaxOverlaps = 100;

    private readonly Dictionary<uint, int> _indexes = [];
    private readonly List<Carrier?> _carriers = [null]; // PlaceNetwork.NoCarrier
    private UInt128 _lastV4; // first address of the row before, of any file
    private UInt128 _lastV6;

    /// <summary>Ranges or networks read.</summary>
    public long Networks { get; private set; }

    /// <summary>Distinct carriers.</summary>
    public int Count => _carriers.Count - 1;

    /// <summary>Carriers of IPv4.</summary>
    internal RunList<int> V4 { get; } = new(uint.MaxValue);

    /// <summary>Carriers of IPv6.</summary>
    internal RunList<int> V6 { get; } = new(UInt128.MaxValue);

    /// <summary>The carrier of an index over <see cref="PlaceNetwork.NoCarrier"/>.</summary>
    internal Carrier this[int index] => _carriers[index]!;

    /// <summary>Adds all networks of a database. Each family may come from one database only.</summary>
    /// <param name="database">The database; see <see cref="Carrier.From"/> for its keys.</param>
    /// <param name="problem">Why it cannot be added. The table is of no use then.</param>
    /// <returns>False when the database is corrupt, names no carrier, or holds a family that was added before.</returns>
    public bool TryAdd(MmdbReader database, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(database);
        var known = new Dictionary<int, int>(); // carrier by record: most records serve many networks
        bool any = false;
        MmdbNetworkCursor cursor = database.Networks();
        while (cursor.TryNext(out MmdbNetwork network))
        {
            if (!known.TryGetValue(network.RecordOffset, out int carrier))
            {
                if (!database.TryRead(network.RecordOffset, out MmdbValue? record, out problem)) return false;
                carrier = Carrier.From(record) is { } found ? Intern(found.Asn, found.Name) : PlaceNetwork.NoCarrier;
                known.Add(network.RecordOffset, carrier);
            }
            any |= carrier != PlaceNetwork.NoCarrier;
            if (TryAppend(network.Prefix.Network, network.Prefix.Last, carrier)) continue;
            problem = MmdbProblem.OutOfOrder(network.Prefix);
            return false;
        }
        problem = cursor.Problem
            ?? (any ? null : MmdbProblem.WrongContent(database, "no record names an autonomous system (autonomous_system_number or asn)"));
        return problem is null;
    }

    /// <summary>
    /// Adds all rows of a list: CSV without a header, <c>first address,last address,number,name</c>, each family ascending and apart. Real
    /// lists have a few rows that overlap the row above: they are left out and told, since nothing says which of the two is right.
    /// </summary>
    /// <param name="utf8">The file.</param>
    /// <param name="overlaps">Rows that were left out; at most <see cref="MaxOverlaps"/>.</param>
    /// <param name="problem">The first row that is wrong in any other way. The table is of no use then.</param>
    /// <returns>False when there is such a row, no row at all, or too many overlap.</returns>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out ImmutableArray<LineProblem> overlaps, [NotNullWhen(false)] out LineProblem? problem)
    {
        var left = ImmutableArray.CreateBuilder<LineProblem>();
        int number = 0;
        bool any = false;
        problem = null;
        while (!utf8.IsEmpty && problem is null)
        {
            int end = utf8.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? utf8 : utf8[..end]).TrimEnd((byte)'\r');
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            number++;
            if (line.IsEmpty) continue;
            any = true;
            if (CarrierRow.Parse(line, out CarrierRow row) is { } reason) problem = new LineProblem(number, reason);
            else if (!TryAddRow(row, line))
            {
                if (row.First.Value < (row.First.IsV4 ? _lastV4 : _lastV6))
                    problem = new LineProblem(number, "the range begins before a range above it: out of order, or a family given twice");
                else if (left.Count == MaxOverlaps) problem = new LineProblem(number, $"the range overlaps one above it, as {MaxOverlaps} others do");
                else left.Add(new LineProblem(number, "the range overlaps one above it; the row is left out"));
            }
            if (row.First.IsV4) _lastV4 = row.First.Value;
            else _lastV6 = row.First.Value;
        }
        overlaps = left.ToImmutable();
        if (!any) problem = new LineProblem(1, "there is no row");
        return problem is null;
    }

    private bool TryAddRow(CarrierRow row, ReadOnlySpan<byte> line)
    {
        int carrier = PlaceNetwork.NoCarrier;
        if (row.Asn != 0 && !_indexes.TryGetValue(row.Asn, out carrier)) carrier = Intern(row.Asn, CarrierRow.NameIn(line));
        return TryAppend(row.First, row.Last, carrier);
    }

    private bool TryAppend(IpKey first, IpKey last, int carrier)
    {
        bool added = first.IsV4 ? V4.TryAppend(first.V4, last.V4, carrier) : V6.TryAppend(first.Value, last.Value, carrier);
        if (added) Networks++;
        return added;
    }

    private int Intern(uint asn, string name)
    {
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexes, asn, out bool known);
        if (known) return index; // databases spell a name in several ways: the first one counts
        index = _carriers.Count;
        _carriers.Add(new Carrier(asn, name));
        return index;
    }
}
