using System.Numerics;

namespace Scheduler.Core.Topology;

/// <summary>Rules for regions, tariffs and address templates: the parts that refer to nothing.</summary>
internal static class MarketRules
{
    public static void Check(Fleet fleet, FleetProblems problems)
    {
        CheckRegions(fleet, problems);
        CheckTariffs(fleet, problems);
        CheckUrls(fleet, problems);
    }

    private static void CheckRegions(Fleet fleet, FleetProblems problems)
    {
        var ids = new UniqueText("id", StringComparer.Ordinal, fleet.Regions.Length);
        for (int i = 0; i < fleet.Regions.Length; i++)
        {
            Region region = fleet.Regions[i];
            if (!FleetText.IsId(region.Id, FleetLimits.IdLength)) problems.Add(At("id"), CommonRules.IdReason(FleetLimits.IdLength));
            else if (ids.Clash(region.Id, i) is int first) problems.Add(At("id"), ids.Reason(region.Id, $"regions[{first}]"));
            if (!FleetText.IsName(region.Name)) problems.Add(At("name"), CommonRules.NameReason);

            string At(string member) => $"regions[{i}].{member}";
        }
    }

    private static void CheckTariffs(Fleet fleet, FleetProblems problems)
    {
        var ids = new UniqueText("id", StringComparer.Ordinal, fleet.Tariffs.Length);
        for (int i = 0; i < fleet.Tariffs.Length; i++)
        {
            Tariff tariff = fleet.Tariffs[i];
            if (!FleetText.IsId(tariff.Id, FleetLimits.IdLength)) problems.Add(At("id"), CommonRules.IdReason(FleetLimits.IdLength));
            else if (ids.Clash(tariff.Id, i) is int first) problems.Add(At("id"), ids.Reason(tariff.Id, $"tariffs[{first}]"));
            if (CommonRules.PriceFault(tariff.PricePerMbps) is string fault) problems.Add(At("price_per_mbps"), fault);
            if (CommonRules.PriceFault(tariff.IngressPerMbps) is string ingressFault) problems.Add(At("ingress_per_mbps"), ingressFault);
            if (!Enum.IsDefined(tariff.Billing)) problems.Add(At("billing"), "must be flat or percentile95");
            if (tariff.Commit.BitsPerSecond < 0 || tariff.Commit.BitsPerSecond > FleetLimits.Capacity.BitsPerSecond)
                problems.Add(At("commit_bps"), $"must be in [0, {FleetLimits.Capacity}]");

            string At(string member) => $"tariffs[{i}].{member}";
        }
    }

    private static void CheckUrls(Fleet fleet, FleetProblems problems)
    {
        foreach ((StreamProtocols protocol, string template) in fleet.Urls)
        {
            if (!BitOperations.IsPow2((uint)protocol) || !Enum.IsDefined(protocol)) problems.Add("urls", "must be keyed by one protocol each");
            else if (UrlTemplate.FindFault(template) is string fault) problems.Add($"urls.{protocol.ToString().ToLowerInvariant()}", fault);
        }
    }
}
