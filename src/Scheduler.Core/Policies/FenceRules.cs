using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Rules for fences.</summary>
internal static class FenceRules
{
    public static void Check(ImmutableArray<GeoFence> fences, Fleet? fleet, FleetProblems problems)
    {
        if (fences.Length > PolicyLimits.Fences) problems.Add("fences", $"has {fences.Length} entries; a policy has at most {PolicyLimits.Fences}");
        var ids = new UniqueText("id", StringComparer.Ordinal, fences.Length);
        for (int i = 0; i < Math.Min(fences.Length, PolicyLimits.Fences); i++)
        {
            GeoFence fence = fences[i];
            string path = $"fences[{i}]";
            if (!FleetText.IsId(fence.Id, PolicyLimits.IdLength)) problems.Add($"{path}.id", CommonRules.IdReason(PolicyLimits.IdLength));
            else if (ids.Clash(fence.Id, i) is int first) problems.Add($"{path}.id", ids.Reason(fence.Id, $"fences[{first}]"));
            if (fence.Countries.IsEmpty == fence.ExceptCountries.IsEmpty) problems.Add(path, "must say whose viewers it is about: countries, or except_countries");
            SelectorRules.CheckCountries(fence.Countries, $"{path}.countries", problems);
            SelectorRules.CheckCountries(fence.ExceptCountries, $"{path}.except_countries", problems);
            SelectorRules.Check(fence.Sites, fence.Rule == FenceRule.Allow ? $"{path}.allow" : $"{path}.deny", fleet, problems);
            if (!FleetText.IsName(fence.Reason)) problems.Add($"{path}.reason", CommonRules.NameReason);
        }
    }
}
