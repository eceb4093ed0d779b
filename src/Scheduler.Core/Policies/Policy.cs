using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>What operators ask of dispatch beyond the fleet: weights, law, contracts. Immutable; one revision a change.</summary>
/// <param name="Weights">Weights for all streams.</param>
/// <param name="DefaultCell">Id of the cell of viewers of whom nothing is known; null to leave it.</param>
/// <param name="Fences">Who may be served from where.</param>
/// <param name="Classes">Classes of streams.</param>
/// <param name="Tariffs">Other numbers for tariffs.</param>
/// <param name="Overrides">Where blocks of addresses are sent; these win over a file's of the same prefix.</param>
public sealed record Policy(
    PolicyWeights Weights,
    string? DefaultCell,
    ImmutableArray<GeoFence> Fences,
    ImmutableArray<StreamClass> Classes,
    ImmutableArray<TariffOverride> Tariffs,
    ImmutableArray<PrefixOverride> Overrides)
{
    /// <summary>Asks nothing: what a new store holds.</summary>
    public static Policy Empty { get; } = new(PolicyWeights.None, null, [], [], [], []);

    /// <summary>Tariffs with this policy's numbers.</summary>
    /// <param name="drawn">The tariffs as the fleet has them.</param>
    public ImmutableArray<Tariff> Price(ImmutableArray<Tariff> drawn)
    {
        if (Tariffs.IsEmpty) return drawn;
        Dictionary<string, TariffOverride> byId = Tariffs.ToDictionary(other => other.Tariff, StringComparer.Ordinal);
        return [.. drawn.Select(tariff => byId.TryGetValue(tariff.Id, out TariffOverride? other)
            ? tariff with { PricePerMbps = other.PricePerMbps ?? tariff.PricePerMbps, Commit = other.Commit ?? tariff.Commit }
            : tariff)];
    }
}
