using Scheduler.Core.Dispatch;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Control;
using Scheduler.State.Planning;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Planning;

public sealed class PlanLoopTests
{
    private readonly Replica _replica = new(sites: 4, nodesPerSite: 2);
    private readonly PlanLoop _loop;

    public PlanLoopTests()
    {
        _loop = new PlanLoop(_replica.Control, _replica.Clock);
        _replica.Run(2);
    }

    private int LondonNumber => _replica.Snapshot.Candidates.Cells[Replica.London].Number;

    private PlanStatus Status => _loop.Status!;

    [Fact]
    public void Without_a_capacity_there_is_no_plan()
    {
        var silent = new Replica();
        var loop = new PlanLoop(silent.Control, silent.Clock);
        loop.Step(Asked(100));
        Assert.Null(loop.Status);
        Assert.Null(silent.Control.Prices);
    }

    [Fact]
    public void A_plan_sums_to_demand_and_costs_no_less_than_its_bound()
    {
        Step(1_200);
        Plan plan = Status.InForce.Plan;
        for (int row = 0; row < plan.Problem.Network.CellCount; row++)
            Assert.Equal(plan.Problem.DemandMbps[row], Sum(plan.TrafficOf(row)), 1e-6);
        Assert.Empty(PlanChecker.FaultsOf(plan.Problem, plan.TrafficMbps));
        Assert.True(plan.Certificate.LowerBound <= plan.Certificate.Cost);
        Assert.InRange(plan.Certificate.Gap, 0, PlanRules.Gap);
    }

    [Fact]
    public void It_is_solved_again_only_when_something_moved()
    {
        Step(1_000);
        Step(1_005);
        Assert.Equal(1, Total());
        Step(1_050);
        Assert.Equal(1, _loop.Solves(PlanReason.Demand, PlanOutcome.Kept) + _loop.Solves(PlanReason.Demand, PlanOutcome.Published));
        _replica.Drain("p00");
        _replica.Run(1);
        Step(1_050);
        Assert.Equal(1, _loop.Solves(PlanReason.Capacity, PlanOutcome.Published));
        _replica.Configure(fleet: World.FleetOf(5, 2));
        _replica.Run(2);
        Step(1_050);
        Assert.Equal(1, _loop.Solves(PlanReason.Network, PlanOutcome.Published));
    }

    [Fact]
    public void What_is_no_better_by_enough_keeps_the_fractions_and_renews_the_prices()
    {
        Step(1_500);
        PlanStatus first = Status;
        Step(1_530);
        Assert.Equal(1, _loop.Solves(PlanReason.Demand, PlanOutcome.Kept));
        Assert.Equal((first.InForce.Version, first.InForce.SolvedAtMs), (Status.InForce.Version, Status.InForce.SolvedAtMs));
        Assert.Equal(1_530, Status.InForce.Plan.Problem.TotalDemandMbps, 1e-6);
        Assert.True(Asked("p00") > first.Prices.AskedMs[Site("p00")]);
        Assert.InRange(Status.Gap, 0, PlanRules.Betterment + PlanRules.Gap);
    }

    [Fact]
    public void A_price_rises_at_once_and_falls_by_three_tenths_of_the_difference()
    {
        Step(1_600);
        float high = Asked("p00");
        Assert.True(high > 1);
        _replica.Run(120); // what is gone has faded
        Step(0);
        Assert.Equal(0.7f * high, Asked("p00"), 1e-3f);
        Step(0);
        Assert.Equal(0.49f * high, Asked("p00"), 1e-3f);
        Step(1_600);
        Assert.Equal(high, Asked("p00"), 0.5f);
    }

    [Fact]
    public void A_drained_site_gets_nothing_and_asks_for_nothing_when_it_comes_back()
    {
        Step(1_600);
        Assert.True(Load("p00") > 0);
        _replica.Drain("p00");
        _replica.Run(1);
        Step(1_600);
        Assert.Equal(0, Load("p00"));
        Assert.True(Asked("p01") > 1);
        for (int i = 0; i < 40; i++) Step(1_600);
        Assert.Equal(0, Asked("p00"), 1e-3f);
    }

    [Fact]
    public void A_draining_sites_share_never_grows_while_it_shrinks()
    {
        double last = double.MaxValue;
        for (double weight = 1; weight > 0.05; weight -= 0.1)
        {
            _replica.Configure(overrides: [new("p00-00", true, weight), new("p00-01", true, weight)]);
            _replica.Run(5);
            Step(1_600);
            Assert.True(Load("p00") <= last * (1 + 1e-3), $"at weight {weight:0.0}: {Load("p00")} after {last}");
            last = Load("p00");
        }
    }

    [Fact]
    public void Decisions_ask_for_the_live_price_and_half_of_what_the_plan_asks_beyond_it()
    {
        Step(1_600);
        Assert.Equal(Asked("p00") / 2, _replica.Snapshot.Load.Prices[Site("p00")], 1e-3f); // nothing is carried: live, it would cost nothing
        foreach (string node in (string[])["p00-00", "p00-01"]) _replica.Report(node, egress: World.NodeKbps * 95 / 100);
        _replica.Tick();
        float live = (float)_replica.Snapshot.Load.Penalty.Marginal(0.95);
        Assert.True(live > Asked("p00"));
        Assert.Equal(live, _replica.Snapshot.Load.Prices[Site("p00")], 0.01f);
    }

    [Fact]
    public void A_plan_that_nobody_confirms_is_not_used_after_thirty_seconds()
    {
        Step(1_600);
        float price = _replica.Snapshot.Load.Prices[Site("p00")];
        Assert.True(price > 0);
        _replica.Run(29);
        Assert.Equal(price, _replica.Snapshot.Load.Prices[Site("p00")]);
        _replica.Run(2);
        Assert.False(_replica.Control.Prices!.HoldAt(_replica.Clock.NowMs));
        Assert.Equal(0, _replica.Snapshot.Load.Prices[Site("p00")]);
        Step(1_600); // nothing moved: confirmed all the same
        Assert.Equal(price, _replica.Snapshot.Load.Prices[Site("p00")], 0.01f);
    }

    [Fact]
    public void Load_that_no_session_explains_stays_where_it_is()
    {
        foreach (string node in (string[])["p03-00", "p03-01"]) _replica.Report(node, egress: 600_000);
        _replica.Tick();
        Step(0);
        Assert.Equal(1_200, Load("p03"), 1.0);
        Assert.Equal(1_200, Status.InForce.Plan.Problem.TotalDemandMbps, 1.0);
    }

    [Fact]
    public void Sessions_that_weigh_more_than_is_carried_count_for_less()
    {
        foreach (string node in (string[])["p00-00", "p00-01"]) _replica.Report(node, egress: 500_000);
        _replica.Tick();
        _loop.Step(new Demand([new(LondonNumber, 1_250_000)], [new(SiteNumber("p00"), 1_250_000)]));
        Assert.Equal(1_000, Status.InForce.Plan.Problem.TotalDemandMbps, 1.0);
    }

    [Fact]
    public void Load_beyond_a_commit_costs_its_price_in_the_plan_and_in_decisions_alike()
    {
        DispatchPolicy policy = DispatchPolicy.Default with { Cost = SiteCost.Default with { PriceCommits = true } };
        var replica = new Replica(options: ControlOptions.Default with { Policy = policy });
        var loop = new PlanLoop(replica.Control, replica.Clock);
        Fleet fleet = World.FleetOf(3, 2);
        replica.Configure(fleet: fleet with { Tariffs = [new Tariff("eu", 17, TariffBilling.Percentile95, BitRate.FromKbps(500_000))] });
        replica.Run(2);
        foreach (string node in (string[])["p00-00", "p00-01"]) replica.Report(node, egress: 400_000); // 800 of 2,000 Mbit/s, 300 beyond the commit
        replica.Tick();
        loop.Step(Demand.None);
        Assert.Equal(17 + 0.4f, replica.Snapshot.Load.Prices[Index("p00")], 0.01f);
        Assert.Equal(0, replica.Snapshot.Load.Prices[Index("p01")], 0.01f);
        Assert.Equal(new CommitTerm(500, 17), loop.Status!.InForce.Plan.Problem.Terms[Index("p00")].Commit);
        Assert.Equal(17 + 0.4f, loop.Status.Prices.AskedMs[Index("p00")], 0.01f);

        int Index(string id) => replica.Snapshot.Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException(id);
    }

    [Fact]
    public void The_same_history_gives_the_same_plan_to_the_last_bit()
    {
        Plan Run()
        {
            var replica = new Replica(sites: 6);
            var loop = new PlanLoop(replica.Control, replica.Clock);
            replica.Run(2);
            foreach (double mbps in (double[])[500, 900, 2_000]) loop.Step(Asked(mbps, replica));
            return loop.Status!.InForce.Plan;
        }
        Assert.Equal(Run().TrafficMbps.ToArray(), Run().TrafficMbps.ToArray());
    }

    private void Step(double londonMbps) => _loop.Step(Asked(londonMbps));

    private Demand Asked(double londonMbps, Replica? replica = null)
    {
        // Carried nowhere: a demand that waits at the door. The sites' side is what explains load, and there is none.
        int number = (replica ?? _replica).Snapshot.Candidates.Cells[Replica.London].Number;
        return londonMbps == 0 ? Demand.None : new Demand([new(number, (long)(londonMbps * 1_000))], []);
    }

    private long Total() => Enum.GetValues<PlanReason>().Sum(reason => Enum.GetValues<PlanOutcome>().Sum(outcome => _loop.Solves(reason, outcome)));

    private int Site(string id) => _replica.Snapshot.Fleet.TryFindSite(id, out int site) ? site : throw new ArgumentException(id);

    private int SiteNumber(string id) => _replica.Snapshot.Fleet.Sites[Site(id)]!.Number;

    private float Asked(string id) => Status.Prices.AskedMs[Site(id)];

    private double Load(string id) => Status.InForce.Plan.LoadsMbps[Site(id)];

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }
}
