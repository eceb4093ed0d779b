using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Geo;

/// <summary>
/// Tells where a viewer is: operator overrides first, then the map, else the default cell. It always has an answer. Immutable; allocates
/// nothing and is safe from any thread.
/// </summary>
public sealed class CellLocator
{
    private readonly int _defaultCell;
    private readonly bool _hasOverrides;
    private readonly OverrideEntry[] _entries; // by value of the step tables, less 1
    private readonly StepTable<uint> _v4;
    private readonly StepTable<UInt128> _v6;

    private CellLocator(
        CellMap map, int defaultCell, OverrideEntry[] entries, IReadOnlyList<PrefixOverride> overrides,
        ImmutableArray<ImmutableArray<string>> siteLists)
    {
        (Map, _defaultCell, _entries, SiteLists) = (map, defaultCell, entries, siteLists);
        _hasOverrides = overrides.Count > 0;
        var numbered = overrides.Select((o, i) => (o.Prefix, Value: i + 1)).ToArray();
        _v4 = new(numbered.Where(n => n.Prefix.IsV4).Select(n => (n.Prefix.Network.V4, n.Prefix.Last.V4, n.Value)));
        _v6 = new(numbered.Where(n => !n.Prefix.IsV4).Select(n => (n.Prefix.Network.Value, n.Prefix.Last.Value, n.Value)));
    }

    /// <summary>The map that cells are indexes into.</summary>
    public CellMap Map { get; }

    /// <summary>Index of <see cref="DefaultCell"/>.</summary>
    public int DefaultCellIndex => _defaultCell;

    /// <summary>The cell of addresses of which nothing is known.</summary>
    public Cell DefaultCell => Map.Cells[_defaultCell];

    /// <summary>The distinct ordered site lists that overrides name; each has at least one site id.</summary>
    public ImmutableArray<ImmutableArray<string>> SiteLists { get; }

    /// <summary>Makes a locator.</summary>
    /// <param name="map">A map with at least one cell.</param>
    /// <param name="defaultCellId">Cell of unknown addresses; null takes the cell with the most people that is not one carrier's.</param>
    /// <param name="overrides">Overrides with distinct prefixes, in any order.</param>
    /// <param name="locator">The locator.</param>
    /// <param name="problems">Everything that is wrong: cells that the map does not have. Empty when nothing is.</param>
    /// <returns>False when there are problems; keep the locator before, then.</returns>
    public static bool TryCreate(
        CellMap map, string? defaultCellId, IReadOnlyList<PrefixOverride> overrides,
        [NotNullWhen(true)] out CellLocator? locator, out ImmutableArray<string> problems)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(overrides);
        var found = ImmutableArray.CreateBuilder<string>();
        int defaultCell = MainCell(map);
        if (map.Cells.IsEmpty) found.Add("the map has no cells");
        if (defaultCellId is not null && !map.TryFind(defaultCellId, out defaultCell))
            found.Add($"default cell \"{defaultCellId}\" is not in the map");

        var siteLists = new Dictionary<OverrideTarget.ToSites, int>();
        var entries = new OverrideEntry[overrides.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            if (overrides[i].Target is OverrideTarget.ToSites sites)
            {
                siteLists.TryAdd(sites, siteLists.Count);
                entries[i] = new OverrideEntry(null, siteLists[sites]);
            }
            else if (overrides[i].Target is OverrideTarget.ToCell { Id: string id })
            {
                if (map.TryFind(id, out int cell)) entries[i] = new OverrideEntry(cell, null);
                else found.Add($"cell \"{id}\" of override {overrides[i].Prefix} is not in the map");
            }
        }
        problems = found.ToImmutable();
        locator = problems.IsEmpty
            ? new CellLocator(map, defaultCell, entries, overrides, [.. siteLists.OrderBy(p => p.Value).Select(p => p.Key.Ids)])
            : null;
        return locator is not null;
    }

    /// <summary>Where an address is.</summary>
    public Located Locate(IpKey address)
    {
        bool known = Map.TryLocate(address, out CellMatch match);
        var located = new Located(known ? match.Cell : _defaultCell, match.PrefixLength, known ? LocatedBy.Map : LocatedBy.Default, null);
        return _hasOverrides ? Override(address, located) : located;
    }

    private Located Override(IpKey address, Located located)
    {
        int value = address.IsV4 ? _v4.Find(address.V4, out int length) : _v6.Find(address.Value, out length);
        // An override inside the map's block divides it, for the addresses around the override too.
        byte inner = (byte)Math.Max(length, located.PrefixLength);
        if (value == 0) return located with { PrefixLength = inner };
        OverrideEntry entry = _entries[value - 1];
        return entry.Cell is { } cell
            ? new Located(cell, (byte)length, LocatedBy.Override, null)
            : new Located(located.Cell, inner, LocatedBy.Override, entry.SiteList);
    }

    private static int MainCell(CellMap map)
    {
        int main = 0;
        for (int i = 1; i < map.Cells.Length; i++)
            if (Rank(map.Cells[i]).CompareTo(Rank(map.Cells[main])) > 0) main = i;
        return main;

        static (bool, long, long) Rank(Cell cell) => (cell.Carrier is null, cell.Population, cell.AddressWeight);
    }

    /// <summary>One override: exactly one of the two is set.</summary>
    private readonly record struct OverrideEntry(int? Cell, int? SiteList);
}
