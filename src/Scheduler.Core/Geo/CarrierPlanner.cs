using System.Collections.Frozen;

namespace Scheduler.Core.Geo;

/// <summary>
/// Splits the cells of places by carrier. A carrier gets a cell of its own in a place where it has both many addresses and a good share of
/// the place's, as long as enough are left to the others; those with the most people first, up to <see cref="CellMapOptions.CarrierCells"/>:
/// by addresses alone, data centres would get most of the cells. Everyone else of the place stays in its common cell, which keeps its id.
/// </summary>
internal sealed class CarrierPlanner
{
    private readonly CellMapOptions _options;
    private readonly PlaceTable _places;
    private readonly CarrierTable _carriers;
    private readonly IReadOnlyList<Cell> _previous;

    public CarrierPlanner(CellMapOptions options, PlaceTable places, CarrierTable carriers, IReadOnlyList<Cell> previous) =>
        (_options, _places, _carriers, _previous) = (options, places, carriers, previous);

    /// <summary>Adds the cells of carriers to a plan that has none.</summary>
    /// <exception cref="InvalidOperationException">More cells than a map can have.</exception>
    public CellPlan Split(CellPlan plan)
    {
        Share[] shares = Shares(plan);
        List<(Share Share, string? KnownId)> chosen = Choose(plan, shares);
        if (chosen.Count == 0) return plan;

        Cell[] common = [.. plan.Cells];
        var ids = new HashSet<string>(common.Select(c => c.Id), StringComparer.Ordinal);
        ids.UnionWith(chosen.Select(c => c.KnownId).OfType<string>());
        var own = new Cell[chosen.Count];
        for (int i = 0; i < own.Length; i++)
        {
            Share share = chosen[i].Share;
            Cell whole = plan.Cells[share.Cell];
            Carrier carrier = _carriers[share.Carrier];
            string id = chosen[i].KnownId ?? CellIds.Give(whole, carrier, ids);
            own[i] = whole with { Id = id, Carrier = carrier, Population = share.People, AddressWeight = share.Addresses };
            common[share.Cell] = common[share.Cell] with
            {
                Population = common[share.Cell].Population - share.People,
                AddressWeight = common[share.Cell].AddressWeight - share.Addresses,
            };
        }
        return Renumber(plan, common, own, chosen);
    }

    /// <summary>What each carrier has in each cell: most people first. The order of the databases' rows decides nothing.</summary>
    private Share[] Shares(CellPlan plan)
    {
        var addresses = new Dictionary<(int Cell, int Carrier), long>();
        foreach ((PlaceNetwork network, long weight) in _places.CarrierWeights)
        {
            ushort code = plan.CodeOfPlace[network.Place];
            if (code == CellCode.Unknown) continue;
            (int, int) key = (code - 1, network.Carrier);
            addresses[key] = addresses.GetValueOrDefault(key) + weight;
        }
        Share[] shares = [.. addresses.Select(a => Of(plan.Cells[a.Key.Cell], a.Key, a.Value))];
        Array.Sort(shares, (a, b) => a.People != b.People ? b.People.CompareTo(a.People)
            : a.Addresses != b.Addresses ? b.Addresses.CompareTo(a.Addresses)
            : a.Cell != b.Cell ? a.Cell.CompareTo(b.Cell)
            : _carriers[a.Carrier].Asn.CompareTo(_carriers[b.Carrier].Asn));
        return shares;

        static Share Of(Cell whole, (int Cell, int Carrier) key, long addresses) =>
            new(key.Cell, key.Carrier, addresses, (long)((Int128)whole.Population * addresses / whole.AddressWeight));
    }

    private List<(Share Share, string? KnownId)> Choose(CellPlan plan, Share[] shares)
    {
        // A carrier's cell of the map before belongs to the place that lies where it lay: places that are kept do not move.
        var known = new Dictionary<(string Country, Units.GeoPoint Location, uint Asn), string>();
        foreach (Cell cell in _previous)
            if (cell.Carrier is { } carrier) known.TryAdd((cell.Country, cell.Location, carrier.Asn), cell.Id);

        var chosen = new List<(Share, string?)>();
        var others = new List<Share>();
        long[] left = [.. plan.Cells.Select(c => c.AddressWeight)];
        foreach (Share share in shares)
        {
            Cell whole = plan.Cells[share.Cell];
            if (known.Remove((whole.Country, whole.Location, _carriers[share.Carrier].Asn), out string? id)) Take(share, id);
            else others.Add(share);
        }
        foreach (Share share in others)
        {
            if (chosen.Count >= _options.CarrierCells) break;
            bool much = share.Addresses >= _options.CarrierMinAddresses
                && share.Addresses >= _options.CarrierMinShare * plan.Cells[share.Cell].AddressWeight;
            if (much && left[share.Cell] - share.Addresses >= _options.CarrierMinAddresses) Take(share, null);
        }
        return chosen;

        void Take(Share share, string? id)
        {
            chosen.Add((share, id));
            left[share.Cell] -= share.Addresses;
        }
    }

    private static CellPlan Renumber(CellPlan plan, Cell[] common, Cell[] own, List<(Share Share, string? KnownId)> chosen)
    {
        Cell[] all = [.. common, .. own];
        if (all.Length > CellCode.MaxCells) throw new InvalidOperationException("too many cells");
        int[] order = [.. Enumerable.Range(0, all.Length).OrderBy(i => all[i].Id, StringComparer.Ordinal)];
        ushort[] codes = new ushort[all.Length];
        for (int i = 0; i < order.Length; i++) codes[order[i]] = CellCode.Of(i);

        ushort[] codeOfPlace = [.. plan.CodeOfPlace.Select(code => code == CellCode.Unknown ? code : codes[code - 1])];
        var codeOfCarrier = new Dictionary<(ushort, int), ushort>();
        for (int i = 0; i < own.Length; i++)
            codeOfCarrier.Add((codes[chosen[i].Share.Cell], chosen[i].Share.Carrier), codes[common.Length + i]);
        return new CellPlan([.. order.Select(i => all[i])], codeOfPlace, codeOfCarrier.ToFrozenDictionary());
    }

    /// <summary>Addresses of a carrier in a cell.</summary>
    /// <param name="Cell">Index into the plan's cells.</param>
    /// <param name="Carrier">Index into the table of carriers.</param>
    /// <param name="Addresses">How many, weighed as <see cref="PlaceTable"/> does.</param>
    /// <param name="People">The people of the cell, shared by addresses.</param>
    private readonly record struct Share(int Cell, int Carrier, long Addresses, long People);
}
