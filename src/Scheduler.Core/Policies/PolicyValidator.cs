using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Checks a policy, by itself and against the fleet and the map that it speaks of; every problem at once. Pure.</summary>
public static class PolicyValidator
{
    /// <summary>Every problem of a policy, up to <see cref="FleetProblems.Limit"/> and then a closing count; empty when it is valid.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="fleet">The fleet whose sites, regions and tariffs it names; null when it is not known, and then those names are not checked.</param>
    /// <param name="map">The map whose cells it names; null when it is not known, and then those names are not checked.</param>
    public static ImmutableArray<FleetProblem> Validate(Policy policy, Fleet? fleet, CellMap? map)
    {
        var problems = new FleetProblems();
        Validate(policy, fleet, map, problems);
        return problems.ToImmutable();
    }

    /// <summary>Adds every problem of a policy to a list.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="fleet">As above.</param>
    /// <param name="map">As above.</param>
    /// <param name="problems">Where the problems go, with paths into the policy's document.</param>
    public static void Validate(Policy policy, Fleet? fleet, CellMap? map, FleetProblems problems)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(problems);
        WeightRules.Check(policy.Weights, "weights", isClass: false, problems);
        if (policy.DefaultCell is { } cell && map is not null && !map.TryFind(cell, out _))
            problems.Add("default_cell", $"names no cell of the map: {FleetText.Quote(cell)}");
        FenceRules.Check(policy.Fences, fleet, problems);
        ClassRules.Check(policy.Classes, fleet, problems);
        CheckTariffs(policy.Tariffs, fleet, problems);
        CheckOverrides(policy.Overrides, fleet, map, problems);
    }

    private static void CheckTariffs(ImmutableArray<TariffOverride> tariffs, Fleet? fleet, FleetProblems problems)
    {
        HashSet<string>? known = fleet?.Tariffs.Select(tariff => tariff.Id).ToHashSet(StringComparer.Ordinal);
        var ids = new UniqueText("tariff", StringComparer.Ordinal, tariffs.Length);
        for (int i = 0; i < tariffs.Length; i++)
        {
            TariffOverride tariff = tariffs[i];
            if (ids.Clash(tariff.Tariff, i) is int first) problems.Add(At("id"), ids.Reason(tariff.Tariff, $"tariffs[{first}]"));
            else if (known is not null && !known.Contains(tariff.Tariff)) problems.Add(At("id"), $"names no tariff of the fleet: {FleetText.Quote(tariff.Tariff)}");
            if (tariff is { PricePerMbps: null, Commit: null }) problems.Add($"tariffs[{i}]", "must set price_per_mbps, commit_bps or both");
            if (tariff.PricePerMbps is { } price && CommonRules.PriceFault(price) is string fault) problems.Add(At("price_per_mbps"), fault);
            if (tariff.Commit is { } commit && (commit.BitsPerSecond < 0 || commit.BitsPerSecond > FleetLimits.Capacity.BitsPerSecond))
                problems.Add(At("commit_bps"), $"must be in [0, {FleetLimits.Capacity}]");

            string At(string member) => $"tariffs[{i}].{member}";
        }
    }

    private static void CheckOverrides(ImmutableArray<PrefixOverride> overrides, Fleet? fleet, CellMap? map, FleetProblems problems)
    {
        if (overrides.Length > PolicyLimits.Overrides) problems.Add("overrides", $"has {overrides.Length} entries; a policy has at most {PolicyLimits.Overrides}");
        HashSet<string>? sites = fleet?.Sites.Select(site => site.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<IpPrefix, int>();
        for (int i = 0; i < Math.Min(overrides.Length, PolicyLimits.Overrides); i++)
        {
            if (!seen.TryAdd(overrides[i].Prefix, i)) problems.Add(At("prefix"), $"is the same block as that of overrides[{seen[overrides[i].Prefix]}]: {overrides[i].Prefix}");
            if (overrides[i].Target is OverrideTarget.ToCell cell && map is not null && !map.TryFind(cell.Id, out _))
                problems.Add(At("cell"), $"names no cell of the map: {FleetText.Quote(cell.Id)}");
            if (overrides[i].Target is not OverrideTarget.ToSites { Ids: var ids }) continue;
            if (ids.IsEmpty) problems.Add(At("sites"), "must name at least one site");
            for (int j = 0; j < ids.Length; j++)
            {
                if (sites is not null && !sites.Contains(ids[j])) problems.Add(At($"sites[{j}]"), $"names no site of the fleet: {FleetText.Quote(ids[j])}");
                else if (ids.IndexOf(ids[j]) < j) problems.Add(At($"sites[{j}]"), $"names {FleetText.Quote(ids[j])} a second time");
            }

            string At(string member) => $"overrides[{i}].{member}";
        }
    }
}
