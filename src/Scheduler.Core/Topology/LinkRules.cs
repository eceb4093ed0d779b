namespace Scheduler.Core.Topology;

/// <summary>Rules for backhaul links.</summary>
internal static class LinkRules
{
    public static void Check(Fleet fleet, FleetNames names, FleetProblems problems)
    {
        var first = new Dictionary<(string Pop, string Idc), int>();
        for (int i = 0; i < fleet.Links.Length; i++)
        {
            BackhaulLink link = fleet.Links[i];
            Site? pop = names.Site(link.Pop), idc = names.Site(link.Idc);
            if (pop is null) problems.Add(At("pop"), $"names no site of this fleet: {FleetText.Quote(link.Pop)}");

            if (idc is null) problems.Add(At("idc"), $"names no site of this fleet: {FleetText.Quote(link.Idc)}");
            else if (link.Pop == link.Idc) problems.Add(At("idc"), "leads from a site to itself");
            else if (idc.Kind != SiteKind.Idc) problems.Add(At("idc"), $"must name an IDC; {FleetText.Quote(link.Idc)} is a PoP");
            else if (pop is { Kind: SiteKind.Pop } && !pop.Upstreams.Contains(link.Idc))
                problems.Add(At("idc"), $"is not among the upstreams of {FleetText.Quote(link.Pop)}: add it there or remove the link");
            else if (!first.TryAdd((link.Pop, link.Idc), i))
                problems.Add(At("idc"), $"is the same link as links[{first[(link.Pop, link.Idc)]}]");

            if (CommonRules.CapacityFault(link.Capacity, FleetLimits.Capacity) is string capacityFault)
                problems.Add(At("capacity_bps"), capacityFault);
            if (CommonRules.PriceFault(link.PricePerMbps) is string priceFault) problems.Add(At("price_per_mbps"), priceFault);

            string At(string member) => $"links[{i}].{member}";
        }
    }
}
