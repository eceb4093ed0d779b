using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Geo;

/// <summary>
/// Makes a <see cref="CellMap"/> from city databases: gathers the places they know, sets cells where the addresses are, gives every network
/// the nearest cell of its country, and splits cells by carrier where that is known and matters. The same input gives the same map, byte for
/// byte. For one thread; used once.
/// </summary>
public sealed class CellMapBuilder
{
    private readonly CellMapOptions _options;
    private readonly PlaceTable _places = new();
    private readonly CarrierTable _carriers;
    private readonly CarrierCursor _v4Carriers;
    private readonly CarrierCursor _v6Carriers;
    private readonly RunList<PlaceNetwork> _v4 = new(uint.MaxValue);
    private readonly RunList<PlaceNetwork> _v6 = new(UInt128.MaxValue);

    /// <summary>A builder without addresses.</summary>
    /// <param name="options">How fine cells are.</param>
    /// <param name="carriers">The carrier of each address, complete; null splits no cell by carrier.</param>
    public CellMapBuilder(CellMapOptions options, CarrierTable? carriers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _carriers) = (options, carriers ?? new CarrierTable());
        (_v4Carriers, _v6Carriers) = (new CarrierCursor(_carriers.V4), new CarrierCursor(_carriers.V6));
    }

    /// <summary>Networks added so far.</summary>
    public long Networks { get; private set; }

    /// <summary>Distinct places added so far.</summary>
    public int Places => _places.Places.Length - 1;

    /// <summary>Adds all networks of a city database. Each family may come from one database only.</summary>
    /// <param name="database">The database.</param>
    /// <param name="problem">Why it cannot be added. The builder is of no use then.</param>
    /// <returns>False when the database is corrupt, names no country, or holds a family that was added before.</returns>
    public bool TryAdd(MmdbReader database, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(database);
        var known = new Dictionary<int, int>(); // place by record: most records serve many networks
        bool any = false;
        MmdbNetworkCursor cursor = database.Networks();
        while (cursor.TryNext(out MmdbNetwork network))
        {
            if (!known.TryGetValue(network.RecordOffset, out int place))
            {
                if (!database.TryRead(network.RecordOffset, out MmdbValue? record, out problem)) return false;
                place = CityPlace.TryFrom(record, out CityPlace found) ? _places.Intern(found) : PlaceNetwork.Nowhere;
                known.Add(network.RecordOffset, place);
            }
            if (!TryAppend(network.Prefix, place))
            {
                problem = MmdbProblem.OutOfOrder(network.Prefix);
                return false;
            }
            any |= place != PlaceNetwork.Nowhere;
            _places.Weigh(place, network.Prefix);
            Networks++;
        }
        problem = cursor.Problem ?? (any ? null : MmdbProblem.WrongContent(database, "no record names a country"));
        return problem is null;
    }

    /// <summary>Makes the map.</summary>
    /// <param name="createdAt">When; kept in the map, in whole seconds.</param>
    /// <param name="source">What it is made from, for people; kept in the map.</param>
    /// <param name="cities">Cities with their people, for the cells' population.</param>
    /// <param name="previous">Cells of the map before. Their places and ids are kept where they still have addresses.</param>
    /// <exception cref="InvalidOperationException">More cells than a map can have: <see cref="CellMapOptions"/> ask for far too
    /// many.</exception>
    public CellMap Build(DateTimeOffset createdAt, string source, IReadOnlyList<City> cities, IReadOnlyList<Cell> previous)
    {
        ArgumentNullException.ThrowIfNull(source);
        CellPlan plan = new CellPlanner(_options, _places, cities, previous).Plan();
        plan = new CarrierPlanner(_options, _places, _carriers, previous).Split(plan);
        if (plan.Cells.Length > CellCode.MaxCells) throw new InvalidOperationException("too many cells");

        var table4 = new Ipv4TableBuilder(_v4.Count);
        foreach (CellRun run in Runs(_v4, plan, SpecialBlocks.V4)) table4.TryAppend((uint)run.First, run.Code);
        var table6 = new Ipv6TableBuilder((_v6.Count / Ipv6Table.LeafRuns, 0));
        foreach (CellRun run in Runs(_v6, plan, SpecialBlocks.V6)) table6.TryAppend(run.First, run.Code);
        var wholeSeconds = DateTimeOffset.FromUnixTimeSeconds(createdAt.ToUnixTimeSeconds());
        return new CellMap(plan.Cells, table4.Build(), table6.Build(), wholeSeconds, source);
    }

    /// <summary>Appends a network piece by piece, as its carriers divide it, and weighs each carrier.</summary>
    private bool TryAppend(IpPrefix network, int place)
    {
        (RunList<PlaceNetwork> runs, CarrierCursor carriers) = network.IsV4 ? (_v4, _v4Carriers) : (_v6, _v6Carriers);
        UInt128 last = Number(network.Last), largest = 0;
        var main = new PlaceNetwork(place, PlaceNetwork.NoCarrier);
        for (UInt128 at = Number(network.Network); ; )
        {
            var piece = new PlaceNetwork(place, carriers.At(at, out UInt128 pieceLast));
            pieceLast = UInt128.Min(pieceLast, last);
            if (!runs.TryAppend(at, pieceLast, piece)) return false;
            UInt128 beyondFirst = pieceLast - at;
            if (network.IsV4) _places.Weigh(piece, (long)beyondFirst + 1);
            else if (at == Number(network.Network) || beyondFirst > largest) (main, largest) = (piece, beyondFirst);
            if (pieceLast == last) break;
            at = pieceLast + 1;
        }
        // An IPv6 network counts as one whatever its size, so all of it counts for whoever has most of it.
        if (!network.IsV4) _places.Weigh(main, PlaceTable.V6NetworkWeight);
        return true;
    }

    /// <summary>Runs of cells from runs of places and carriers, neighbours merged, special blocks left out.</summary>
    private static IEnumerable<CellRun> Runs(RunList<PlaceNetwork> runs, CellPlan plan, ImmutableArray<IpPrefix> special)
    {
        bool any = false;
        ushort code = CellCode.Unknown;
        foreach (CellRun piece in Pieces(runs, plan, special))
        {
            if (any && piece.Code == code) continue;
            yield return piece;
            (any, code) = (true, piece.Code);
        }
    }

    private static IEnumerable<CellRun> Pieces(RunList<PlaceNetwork> runs, CellPlan plan, ImmutableArray<IpPrefix> special)
    {
        int next = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            UInt128 at = runs[i].First;
            UInt128 last = runs.LastOf(i);
            bool finished = false;
            while (!finished && next < special.Length && Number(special[next].Network) <= last)
            {
                UInt128 blockFirst = Number(special[next].Network), blockLast = Number(special[next].Last);
                if (blockFirst > at) yield return new CellRun(at, plan.CodeOf(runs[i].Value));
                yield return new CellRun(UInt128.Max(blockFirst, at), CellCode.Unknown);
                finished = blockLast >= last || blockLast == (special[next].IsV4 ? uint.MaxValue : UInt128.MaxValue);
                if (blockLast > last) break; // the block goes on into the next run
                at = blockLast + 1;
                next++;
            }
            if (!finished) yield return new CellRun(at, plan.CodeOf(runs[i].Value));
        }
    }

    private static UInt128 Number(IpKey address) => address.IsV4 ? address.V4 : address.Value;
}
