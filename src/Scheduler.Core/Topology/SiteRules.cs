namespace Scheduler.Core.Topology;

/// <summary>Rules for sites and the IDCs that feed them.</summary>
internal static class SiteRules
{
    public static void Check(Fleet fleet, FleetNames names, FleetProblems problems)
    {
        var ids = new UniqueText("id", StringComparer.Ordinal, fleet.Sites.Length);
        for (int i = 0; i < fleet.Sites.Length; i++)
        {
            Site site = fleet.Sites[i];
            if (!FleetText.IsId(site.Id, FleetLimits.IdLength)) problems.Add(At("id"), CommonRules.IdReason(FleetLimits.IdLength));
            else if (ids.Clash(site.Id, i) is int first) problems.Add(At("id"), ids.Reason(site.Id, $"sites[{first}]"));
            if (!Enum.IsDefined(site.Kind)) problems.Add(At("kind"), "must be pop or idc");
            if (!names.HasRegion(site.Region)) problems.Add(At("region"), $"names no region of this fleet: {FleetText.Quote(site.Region)}");
            if (!names.HasTariff(site.Tariff)) problems.Add(At("tariff"), $"names no tariff of this fleet: {FleetText.Quote(site.Tariff)}");
            if (!FleetText.IsName(site.Place)) problems.Add(At("place"), CommonRules.NameReason);
            if (!FleetText.IsCountry(site.Country)) problems.Add(At("country"), "must be two upper-case letters (ISO 3166-1 alpha-2)");
            // Written so that NaN fails.
            if (site.Location.Latitude is not (>= -90 and <= 90)) problems.Add(At("latitude"), "must be in [-90, 90] degrees");
            if (site.Location.Longitude is not (>= -180 and <= 180)) problems.Add(At("longitude"), "must be in [-180, 180] degrees");
            if (site.EgressCap is { } cap && CommonRules.CapacityFault(cap, FleetLimits.Capacity) is string fault)
                problems.Add(At("egress_cap_bps"), fault);
            CommonRules.CheckLabels(site.Labels, problems, static position => $"sites[{position}]", i);
            CheckUpstreams(site, i, names, problems);

            string At(string member) => $"sites[{i}].{member}";
        }
    }

    private static void CheckUpstreams(Site site, int position, FleetNames names, FleetProblems problems)
    {
        int count = site.Upstreams.Length;
        if (site.Kind == SiteKind.Idc)
        {
            if (count > 0) problems.Add(All(), "must be empty for an IDC: only PoPs have upstreams");
            return;
        }
        if (count == 0 && names.HasIdcs) problems.Add(All(), "must name at least one IDC that feeds this PoP");
        if (count > FleetLimits.Upstreams) problems.Add(All(), $"has {count} entries; the most is {FleetLimits.Upstreams}");

        for (int j = 0; j < Math.Min(count, FleetLimits.Upstreams); j++)
        {
            string upstream = site.Upstreams[j];
            if (upstream == site.Id) problems.Add(At(j), "names the PoP itself");
            else if (names.Site(upstream) is not { } idc) problems.Add(At(j), $"names no site of this fleet: {FleetText.Quote(upstream)}");
            else if (idc.Kind != SiteKind.Idc) problems.Add(At(j), $"must name an IDC; {FleetText.Quote(upstream)} is a PoP");
            else if (site.Upstreams.IndexOf(upstream) < j) problems.Add(At(j), $"names {FleetText.Quote(upstream)} a second time");
        }

        string All() => $"sites[{position}].upstreams";
        string At(int index) => $"sites[{position}].upstreams[{index}]";
    }
}
