using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Geo;

/// <summary>
/// Makes a <see cref="CellMap"/> from city databases: gathers the places they know, sets cells where the addresses are, and gives every
/// network the nearest cell of its country. The same input gives the same map, byte for byte. For one thread; used once.
/// </summary>
public sealed class CellMapBuilder
{
    private readonly CellMapOptions _options;
    private readonly PlaceTable _places = new();
    private readonly List<PlaceRun> _v4 = [new(0, PlaceRun.Nowhere)];
    private readonly List<PlaceRun> _v6 = [new(0, PlaceRun.Nowhere)];

    /// <summary>A builder without addresses.</summary>
    /// <param name="options">How fine cells are.</param>
    public CellMapBuilder(CellMapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Networks added so far.</summary>
    public long Networks { get; private set; }

    /// <summary>Distinct places added so far.</summary>
    public int Places => _places.Places.Length - 1;

    /// <summary>Adds all networks of a city database. Each family may come from one database only.</summary>
    /// <param name="database">The database.</param>
    /// <param name="problem">Why it cannot be added. The builder is of no use then.</param>
    /// <returns>False when the database is corrupt or holds a family that was added before.</returns>
    public bool TryAdd(MmdbReader database, [NotNullWhen(false)] out MmdbProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(database);
        var known = new Dictionary<int, int>(); // place by record: most records serve many networks
        MmdbNetworkCursor cursor = database.Networks();
        while (cursor.TryNext(out MmdbNetwork network))
        {
            if (!known.TryGetValue(network.RecordOffset, out int place))
            {
                if (!database.TryRead(network.RecordOffset, out MmdbValue? record, out problem)) return false;
                place = CityPlace.TryFrom(record, out CityPlace found) ? _places.Intern(found) : PlaceRun.Nowhere;
                known.Add(network.RecordOffset, place);
            }
            if (!TryAppend(network.Prefix, place))
            {
                problem = new MmdbProblem(
                    MmdbFault.BadRecord, 0, $"network {network.Prefix} is not behind the networks before it; is a family given twice?");
                return false;
            }
            _places.Weigh(place, network.Prefix);
            Networks++;
        }
        problem = cursor.Problem;
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
        if (plan.Cells.Length > CellCode.MaxCells) throw new InvalidOperationException("too many cells");

        var table4 = new Ipv4TableBuilder(_v4.Count);
        foreach (CellRun run in Runs(_v4, plan.CodeOfPlace, SpecialBlocks.V4)) table4.TryAppend((uint)run.First, run.Code);
        var table6 = new Ipv6TableBuilder((_v6.Count / Ipv6Table.LeafRuns, 0));
        foreach (CellRun run in Runs(_v6, plan.CodeOfPlace, SpecialBlocks.V6)) table6.TryAppend(run.First, run.Code);
        var wholeSeconds = DateTimeOffset.FromUnixTimeSeconds(createdAt.ToUnixTimeSeconds());
        return new CellMap(plan.Cells, table4.Build(), table6.Build(), wholeSeconds, source);
    }

    private bool TryAppend(IpPrefix network, int place)
    {
        List<PlaceRun> runs = network.IsV4 ? _v4 : _v6;
        UInt128 first = network.IsV4 ? network.Network.V4 : network.Network.Value;
        UInt128 last = network.IsV4 ? network.Last.V4 : network.Last.Value;
        // The list always ends with the run of what follows the last network, so a network must begin at or behind that.
        PlaceRun open = runs[^1];
        if (first < open.First || open.Place != PlaceRun.Nowhere) return false;
        if (first == open.First) runs.RemoveAt(runs.Count - 1);
        if (runs.Count == 0 || runs[^1].Place != place) runs.Add(new PlaceRun(first, place));
        UInt128 end = network.IsV4 ? uint.MaxValue : UInt128.MaxValue;
        // A run that reaches the end of the space leaves nothing to follow; its place is not Nowhere, which refuses any network behind it.
        if (last != end) runs.Add(new PlaceRun(last + 1, PlaceRun.Nowhere));
        return true;
    }

    /// <summary>Runs of cells from runs of places, neighbours merged, special blocks left out.</summary>
    private static IEnumerable<CellRun> Runs(List<PlaceRun> runs, ushort[] codeOfPlace, ImmutableArray<IpPrefix> special)
    {
        bool any = false;
        ushort code = CellCode.Unknown;
        foreach (CellRun piece in Pieces(runs, codeOfPlace, special))
        {
            if (any && piece.Code == code) continue;
            yield return piece;
            (any, code) = (true, piece.Code);
        }
    }

    private static IEnumerable<CellRun> Pieces(List<PlaceRun> runs, ushort[] codeOfPlace, ImmutableArray<IpPrefix> special)
    {
        int next = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            UInt128 at = runs[i].First;
            bool final = i + 1 == runs.Count;
            UInt128 last = final ? UInt128.MaxValue : runs[i + 1].First - 1;
            bool finished = false;
            while (!finished && next < special.Length && Number(special[next].Network) <= last)
            {
                UInt128 blockFirst = Number(special[next].Network), blockLast = Number(special[next].Last);
                if (blockFirst > at) yield return new CellRun(at, codeOfPlace[runs[i].Place]);
                yield return new CellRun(UInt128.Max(blockFirst, at), CellCode.Unknown);
                finished = blockLast >= last || blockLast == (special[next].IsV4 ? uint.MaxValue : UInt128.MaxValue);
                if (blockLast > last) break; // the block goes on into the next run
                at = blockLast + 1;
                next++;
            }
            if (!finished) yield return new CellRun(at, codeOfPlace[runs[i].Place]);
        }
    }

    private static UInt128 Number(IpKey address) => address.IsV4 ? address.V4 : address.Value;
}
