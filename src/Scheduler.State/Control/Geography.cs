using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;

namespace Scheduler.State.Control;

/// <summary>Where viewers are: a loaded cell map with the operator's overrides, and the permanent numbers of its cells.</summary>
/// <param name="Locator">Address to cell, with the overrides of the file.</param>
/// <param name="Cells">Cells by dense index, in the locator's order.</param>
public sealed record Geography(CellLocator Locator, ImmutableArray<CellPlace> Cells)
{
    /// <summary>The overrides that the locator was made with.</summary>
    public IReadOnlyList<PrefixOverride> FileOverrides { get; init; } = [];

    /// <summary>
    /// The locator as a policy has it: its default cell and its overrides go before the file's. A cell that the map does not have is passed over; a policy is
    /// checked against the map when it is set, and the map may be replaced later.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="unknownCells">How often the policy names a cell that the map does not have.</param>
    public CellLocator Under(Policy policy, out int unknownCells)
    {
        ArgumentNullException.ThrowIfNull(policy);
        CellMap map = Locator.Map;
        bool knowsDefault = policy.DefaultCell is { } wanted && map.TryFind(wanted, out _);
        PrefixOverride[] own = [.. policy.Overrides.Where(o => o.Target is not OverrideTarget.ToCell cell || map.TryFind(cell.Id, out _))];
        unknownCells = policy.Overrides.Length - own.Length + (policy.DefaultCell is null || knowsDefault ? 0 : 1);
        if (own.Length == 0 && !knowsDefault) return Locator;
        HashSet<IpPrefix> blocks = [.. own.Select(o => o.Prefix)];
        return CellLocator.TryCreate(
            map, knowsDefault ? policy.DefaultCell : Locator.DefaultCell.Id, [.. own, .. FileOverrides.Where(o => !blocks.Contains(o.Prefix))],
            out CellLocator? locator, out _) ? locator : Locator;
    }
}
