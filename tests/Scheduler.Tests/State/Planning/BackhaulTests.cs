using Scheduler.Core.Drains;
using Scheduler.State.Planning;
using Scheduler.Tests.State.Upstreams;

namespace Scheduler.Tests.State.Planning;

/// <summary>What is pulled over links, in plans and in previews of drains.</summary>
public sealed class BackhaulTests
{
    private const long LinkKbps = 100_000;

    private readonly Platform _platform = new(IdcFleet.Of(LinkKbps));
    private readonly PlanLoop _plans;
    private readonly DrainForesight _foresight;

    public BackhaulTests()
    {
        _plans = new PlanLoop(_platform.Replica.Control, _platform.Replica.Clock);
        _foresight = new DrainForesight(_plans, _platform.Replica.Control, new DemandDay(), new DrainRules(3, 1), _platform.Replica.Clock);
    }

    [Fact]
    public void A_preview_counts_publishers_pulls_and_what_they_weigh()
    {
        _platform.Arrives("ams-01", 1);
        _platform.Arrives("ams-02", 2);
        _platform.Arrives("fra-01", 3);
        _platform.Pulls("lon1-01", "ams", 6_000, 2);
        _platform.Pulls("par1-01", "ams", 9_000, 3);
        _platform.Pulls("par1-01", "fra", 9_000, 3);
        _platform.Run(3);
        BackhaulOutlook backhaul = Look("ams").Backhaul;
        Assert.Equal((2, 5, 15_000), (backhaul.Publishers, backhaul.Pulls, backhaul.Kbps));
        Assert.True(backhaul.IsFeasible);
        Assert.Equal((1, 0, 0), Counts(Look("fra-01").Backhaul));
        Assert.Equal((0, 0, 0), Counts(Look("nyc1").Backhaul));
    }

    [Fact]
    public void A_link_that_could_not_carry_it_makes_the_drain_infeasible_and_is_named()
    {
        _platform.Pulls("lon1-01", "ams", 50_000, 10);
        _platform.Pulls("lon1-02", "fra", 60_000, 10);
        _platform.Pulls("par1-01", "ams", 50_000, 10);
        _platform.Run(3);
        DrainOutlook outlook = Look("ams");
        Assert.False(outlook.IsFeasible);
        LinkShortage found = Assert.Single(outlook.Backhaul.Shortages); // par1 has room for 95 Mbit/s on its other link
        Assert.Equal(("lon1", "fra", 15_000), (SiteId(found.Site), SiteId(found.Idc!.Value), found.ShortKbps));
        Assert.Contains(outlook.Refusals, refusal => refusal is { Kind: DrainRefusalKind.Infeasible, Detail: "short 15 Mbit/s on the link from fra to lon1" });
        Assert.True(Look("fra").Backhaul.Shortages is [{ ShortKbps: 15_000 }]);
    }

    [Fact]
    public void A_plan_prices_what_a_site_pulls_and_bounds_it_by_its_links()
    {
        _platform.Replica.Report("lon1-01", egress: 200_000, capacity: IdcFleet.NodeKbps);
        Plan();
        double before = PriceOf("lon1");
        Assert.Equal(2_000, CapacityOf("lon1"), 1);
        Feed("lon1-01", served: 200_000, ams: 50_000, fra: 45_000);
        Plan();
        Assert.InRange(PriceOf("lon1") - before, 0.1, 50); // 0.475 of a Mbit/s pulled at 0.25 and the load's price of half a link
        Assert.Equal(0.95 * 200 / (95.0 / 200), CapacityOf("lon1"), 5);
        Feed("lon1-01", served: 200_000, ams: 99_000, fra: 99_000);
        Plan();
        Assert.True(PriceOf("lon1") > 5);
        Assert.Equal(0, PriceOf("nyc1"), 1);
    }

    [Fact]
    public void A_drained_idc_takes_its_links_along()
    {
        _platform.Replica.Drain("ams");
        Feed("lon1-01", served: 200_000, ams: 30_000, fra: 20_000);
        Plan();
        Assert.Equal(0.95 * 100 / 0.25, CapacityOf("lon1"), 5);
    }

    private void Feed(string node, long served, long ams, long fra)
    {
        _platform.Pulls(node, "ams", ams, 10);
        _platform.Pulls(node, "fra", fra, 10);
        _platform.Run(3);
        _platform.Replica.Report(node, egress: served, capacity: IdcFleet.NodeKbps, pulls:
        [
            new(Scheduler.Core.Sessions.StreamName.Hash("ams"u8), ams, 10), new(Scheduler.Core.Sessions.StreamName.Hash("fra"u8), fra, 10),
        ]);
        _platform.Replica.Tick();
    }

    private void Plan() => _plans.Step(new Demand([], []));

    private DrainOutlook Look(string target)
    {
        Plan();
        var drain = _platform.Replica.DrainOf(target);
        var now = _platform.Replica.Clock.UtcNow;
        return _foresight.Look(_platform.Replica.Configuration, DrainTargets.Resolve(_platform.Replica.Configuration.Fleet, drain.Target), now, now.AddHours(1))!;
    }

    private static (int, int, long) Counts(BackhaulOutlook outlook) => (outlook.Publishers, outlook.Pulls, outlook.Kbps);

    private double PriceOf(string site) => _plans.Status!.Prices.AskedMs[Index(site)];

    private double CapacityOf(string site) => _plans.Status!.InForce.Plan.Problem.Terms[Index(site)].CapacityMbps;

    private int Index(string site) => _platform.Replica.Snapshot.Fleet.TryFindSite(site, out int index) ? index : throw new ArgumentException(site);

    private string SiteId(int site) => _platform.Replica.Snapshot.Fleet.Sites[site]!.Site.Id;
}
