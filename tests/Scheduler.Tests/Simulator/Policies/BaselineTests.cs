using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Policies;

/// <summary>What is known of the rules shows in a small world too.</summary>
public sealed class BaselineTests
{
    private static readonly Scenario Tight = SmallWorld.Scenario with { Sessions = 6_000, SessionKbps = 20_000, Pressure = 1, ColdStreamMs = 0, MeasureFromS = 10 };

    [CheckoutWorldFact]
    public void Nothing_undercuts_the_lower_bound_and_the_product_comes_nearest_to_it()
    {
        Dictionary<string, RunResult> results = PolicyNames.All.ToDictionary(policy => policy, policy => SmallWorld.Play(Tight, policy));
        Assert.All(results.Values, result => Assert.All(result.Samples, sample => Assert.True(sample.Gap > -1e-9, $"{result.Policy} at {sample.AtS} s: {sample.Gap}")));
        Assert.All(results.Values, result => Assert.True(result.LowerBound > 0));

        RunResult nearest = results["nearest"], product = results[PolicyNames.Scheduler], waterfall = results["waterfall"];
        Assert.True(nearest.Gap > 0.2, $"{nearest.Gap}");
        Assert.True(nearest.OverloadSiteSeconds > 0);
        Assert.Equal(0, product.OverloadSiteSeconds);
        Assert.True(product.Gap < 0.03, $"{product.Gap}");
        Assert.InRange(waterfall.Gap, product.Gap, nearest.Gap);
    }

    [CheckoutWorldFact]
    public void A_rule_that_counts_only_reports_herds_when_they_are_old()
    {
        Scenario shocked = Tight with { ReportS = 5, Pressure = 0.7, StartHour = 20, Faults = [new(FaultKind.Surge, 20, 20, Factor: 10, Share: 0.15)] };
        RunResult stale = SmallWorld.Play(shocked, "stale-argmin"), product = SmallWorld.Play(shocked, PolicyNames.Scheduler);
        Assert.True(stale.OverloadSiteSeconds > 0);
        Assert.Equal(0, product.OverloadSiteSeconds);
    }
}
