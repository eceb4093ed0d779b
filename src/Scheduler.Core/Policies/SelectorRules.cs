using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Rules for selectors of sites and lists of countries.</summary>
internal static class SelectorRules
{
    public static void Check(SiteSelector selector, string path, Fleet? fleet, FleetProblems problems)
    {
        if (selector.IsEmpty)
        {
            problems.Add(path, "must name sites, regions, countries or labels, or be all: true");
            return;
        }
        if (selector.All && selector != SiteSelector.Every) problems.Add($"{path}.all", "leaves nothing for the other members to name: give it alone");
        CheckCountries(selector.Countries, $"{path}.countries", problems);
        CheckTwice(selector.Sites, $"{path}.sites", problems);
        CheckTwice(selector.Regions, $"{path}.regions", problems);
        if (fleet is null) return;
        HashSet<string> sites = fleet.Sites.Select(site => site.Id).ToHashSet(StringComparer.Ordinal);
        HashSet<string> regions = fleet.Regions.Select(region => region.Id).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < selector.Sites.Length; i++)
            if (!sites.Contains(selector.Sites[i])) problems.Add($"{path}.sites[{i}]", $"names no site of the fleet: {FleetText.Quote(selector.Sites[i])}");
        for (int i = 0; i < selector.Regions.Length; i++)
            if (!regions.Contains(selector.Regions[i])) problems.Add($"{path}.regions[{i}]", $"names no region of the fleet: {FleetText.Quote(selector.Regions[i])}");
        for (int i = 0; i < selector.Countries.Length; i++)
            if (!fleet.Sites.Any(site => site.Country == selector.Countries[i])) problems.Add($"{path}.countries[{i}]", "selects no site: none stands in that country");
        for (int i = 0; i < selector.Labels.Length; i++)
            if (!fleet.Sites.Any(selector.Labels[i].Matches)) problems.Add($"{path}.labels[{i}]", "selects no site: none has these labels");
    }

    public static void CheckCountries(ImmutableArray<string> countries, string path, FleetProblems problems)
    {
        for (int i = 0; i < countries.Length; i++)
            if (!FleetText.IsCountry(countries[i])) problems.Add($"{path}[{i}]", "must be two upper-case letters (ISO 3166-1 alpha-2)");
        CheckTwice(countries, path, problems);
    }

    public static void CheckTwice(ImmutableArray<string> names, string path, FleetProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            if (!seen.Add(names[i])) problems.Add($"{path}[{i}]", $"names {FleetText.Quote(names[i])} a second time");
    }
}
