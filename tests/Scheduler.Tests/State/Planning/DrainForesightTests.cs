using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.State;
using Scheduler.State.Planning;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Planning;

/// <summary>Four sites of 2 Gbit/s each near London, at midnight: demand falls until four in the morning, and is 1.65 times as much in the evening.</summary>
public sealed class DrainForesightTests
{
    private readonly Replica _replica = new(sites: 4, nodesPerSite: 2);
    private readonly DemandDay _day = new();
    private readonly PlanLoop _plans;
    private readonly DrainForesight _foresight;

    public DrainForesightTests()
    {
        _plans = new PlanLoop(_replica.Control, _replica.Clock);
        _foresight = new DrainForesight(_plans, _replica.Control, _day, DrainRules.Default, _replica.Clock);
        _replica.Run(2);
    }

    private int LondonNumber => _replica.Snapshot.Candidates.Cells[Replica.London].Number;

    private DateTimeOffset Now => _replica.Clock.UtcNow;

    [Fact]
    public void Without_a_plan_and_with_a_stale_one_there_is_nothing_to_tell()
    {
        Assert.Null(_foresight.Look(_replica.Configuration, Nodes("p00"), Now, Now.AddHours(1)));
        Ask(1_200);
        Assert.NotNull(_foresight.Look(_replica.Configuration, Nodes("p00"), Now, Now.AddHours(1)));
        _replica.Run(PlanRules.OldestMs / 1_000);
        Assert.Null(_foresight.Look(_replica.Configuration, Nodes("p00"), Now, Now.AddHours(1)));
    }

    [Fact]
    public void What_fits_is_taken_and_told_by_receivers_that_add_up()
    {
        // All of it is at p00, wherever the plan would have it, and p01 carries something else.
        foreach (string node in (string[])["p00-00", "p00-01"]) _replica.Report(node, egress: 600_000);
        _replica.Report("p01-00", egress: 500_000);
        _replica.Tick();
        _plans.Step(new Demand([new NumberedKbps(LondonNumber, 1_200_000)], [new NumberedKbps(_replica.Snapshot.Fleet.Sites[0]!.Number, 1_200_000)]));
        DrainOutlook outlook = Look("p00", hours: 2);
        Assert.Empty(outlook.Refusals);
        Assert.True(outlook.IsFeasible);
        Assert.Equal(1_200_000, outlook.LoadKbps);
        DrainPreview preview = Assert.Single(outlook.Moments).Preview; // the night is no busier than now
        Assert.Equal(1_200, preview.MovedMbps, 0.01);
        Assert.Equal(1_200, preview.Receivers.Sum(receiver => receiver.AfterMbps - receiver.BeforeMbps), 0.01);
        Assert.Equal([500, 0], preview.Receivers.OrderBy(receiver => receiver.Site).Select(receiver => Math.Round(receiver.BeforeMbps)));
        Assert.Equal("p00", outlook.Fleet.Sites[Assert.Single(outlook.Sites)]!.Site.Id);
        Assert.True(preview.Rtt.MovedMeanMs > 0);
    }

    [Fact]
    public void What_does_not_fit_is_infeasible_and_names_where_it_is_short()
    {
        Ask(6_500);
        DrainOutlook outlook = Look("p00", hours: 2);
        DrainRefusal refusal = Assert.Single(outlook.Refusals);
        Assert.Equal(DrainRefusalKind.Infeasible, refusal.Kind);
        Assert.Equal(6_500 - (0.95 * 6_000), outlook.Worst.Preview.ShortMbps, 3);
        Assert.Equal("short 800 Mbit/s in Europe", refusal.Detail);
    }

    [Fact]
    public void What_leaves_no_room_for_another_failure_is_refused_for_that()
    {
        Ask(4_500);
        DrainRefusal refusal = Assert.Single(Look("p00", hours: 2).Refusals);
        Assert.Equal(DrainRefusalKind.NoSpare, refusal.Kind);
        Assert.Contains("could not fail meanwhile: short 540 Mbit/s in Europe", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_evening_counts_for_a_drain_that_lasts_until_then()
    {
        Ask(3_000);
        Assert.Empty(Look("p00", hours: 6).Refusals);
        DrainOutlook day = Look("p00", hours: 23);
        Assert.Equal(2, day.Moments.Length);
        Assert.Equal(21.5, day.Moments[1].At.TimeOfDay.TotalHours, 0.5);
        Assert.Equal(DrainRefusalKind.NoSpare, Assert.Single(day.Refusals).Kind);
        Assert.Equal(ForecastSource.Shape, day.Source);
    }

    [Fact]
    public void A_drain_that_begins_in_the_night_is_judged_by_the_night()
    {
        Ask(4_500);
        DateTimeOffset three = Now.Date.AddHours(3);
        Assert.NotEmpty(Look("p00", hours: 2).Refusals);
        DrainOutlook night = _foresight.Look(_replica.Configuration, Nodes("p00"), three, three.AddHours(2))!;
        Assert.Empty(night.Refusals);
        Assert.Equal(three, night.Moments[0].At);
    }

    [Fact]
    public void A_site_stands_until_the_quarter_of_an_hour_at_which_it_turns()
    {
        Ask(3_000);
        DrainStanding stands = _foresight.Stand(_replica.Configuration, Nodes("p00"), Now.AddDays(1))!;
        DateTimeOffset until = Assert.NotNull(stands.Until);
        Assert.Contains("could not fail", stands.Why, StringComparison.Ordinal);
        Assert.Empty(_foresight.Look(_replica.Configuration, Nodes("p00"), until, until.AddMinutes(1))!.Refusals);
        Assert.NotEmpty(_foresight.Look(_replica.Configuration, Nodes("p00"), until.AddMinutes(15), until.AddMinutes(16))!.Refusals);
    }

    [Fact]
    public void A_site_with_room_all_day_stands_and_one_without_falls_at_once()
    {
        Ask(1_000);
        Assert.Equal((null, null), (Stand("p00").Until, Stand("p00").Why));
        Ask(6_500);
        Assert.True(Stand("p00").Until <= Now);
        Assert.StartsWith("short", Stand("p00").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_drains_take_is_gone_before_and_after_and_counts_for_the_region()
    {
        Ask(2_600);
        Assert.Empty(Look("p01", hours: 2).Refusals);
        _replica.Drain("p00"); // and no plan has been made since
        DrainOutlook outlook = Look("p01", hours: 2);
        Assert.Equal([DrainRefusalKind.NoSpare, DrainRefusalKind.RegionCap], outlook.Refusals.Select(refusal => refusal.Kind).Order().Reverse());
        Assert.Contains("drains would take 50% of Europe together, 10% may be taken", outlook.Refusals.Single(refusal => refusal.Kind == DrainRefusalKind.RegionCap).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(outlook.Moments[0].Preview.Receivers, receiver => outlook.Fleet.Sites[receiver.Site]!.Site.Id == "p00");
    }

    [Fact]
    public void A_node_takes_its_own_part_of_its_site()
    {
        Ask(1_200);
        ImmutableArray<int> node = DrainTargets.Resolve(_replica.Configuration.Fleet, new DrainTarget(DrainTargetKind.Node, "p00-00"));
        DrainOutlook outlook = _foresight.Look(_replica.Configuration, node, Now, Now.AddHours(2))!;
        Assert.Empty(outlook.Sites);
        Assert.Equal(1, outlook.Nodes);
        DrainReceiver? itself = outlook.Moments[0].Preview.Receivers.Cast<DrainReceiver?>().FirstOrDefault(receiver => outlook.Fleet.Sites[receiver!.Value.Site]!.Site.Id == "p00");
        Assert.True(itself is null || itself.Value.CapacityMbps is > 800 and < 1_001);
        Assert.Empty(outlook.Refusals);
    }

    [Fact]
    public void The_watch_answers_for_every_site_that_carries_and_forgets_what_left()
    {
        var watch = new DrainWatch(_foresight, () => _replica.Configuration, _replica.Clock);
        watch.Step();
        Assert.Null(watch.Of("p00"));
        Ask(1_000);
        watch.Step();
        Assert.All((string[])["p00", "p01", "p02", "p03"], site => Assert.Null(watch.Of(site)!.Why));
        _replica.Drain("p00");
        _replica.Run(1);
        Ask(1_000);
        watch.Step();
        Assert.Null(watch.Of("p00"));
        Assert.Contains("of Europe", watch.Of("p01")!.Why, StringComparison.Ordinal);
        _replica.Configure(fleet: World.FleetOf(2, 2), drains: []);
        watch.Step();
        Assert.Null(watch.Of("p03"));
    }

    [Fact]
    public void The_watch_rests_nine_times_as_long_as_it_took()
    {
        // Every question about the time of this clock takes 8 ms: a step ends after some sites, and the next one may not begin at once.
        Ask(1_000);
        var clock = new SchedulerClock(new TiringClock(_replica.Time, TimeSpan.FromMilliseconds(8)));
        int looks = 0;
        var watch = new DrainWatch(_foresight, () => { looks++; return _replica.Configuration; }, clock);
        watch.Step();
        Assert.NotNull(watch.Of("p00"));
        Assert.Null(watch.Of("p03"));
        watch.Step();
        Assert.Equal(1, looks);
        _replica.Time.Advance(TimeSpan.FromMilliseconds(500));
        watch.Step();
        Assert.Equal(2, looks);
    }

    private DrainOutlook Look(string site, double hours) => _foresight.Look(_replica.Configuration, Nodes(site), Now, Now.AddHours(hours))!;

    private DrainStanding Stand(string site) => _foresight.Stand(_replica.Configuration, Nodes(site), Now.AddDays(1))!;

    private ImmutableArray<int> Nodes(string site) => DrainTargets.Resolve(_replica.Configuration.Fleet, new DrainTarget(DrainTargetKind.Site, site));

    private sealed class TiringClock(TimeProvider inner, TimeSpan each) : TimeProvider
    {
        private TimeSpan _spent;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => inner.GetTimestamp() + (_spent += each).Ticks;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();
    }

    /// <summary>Plans for so much demand of viewers in London.</summary>
    private void Ask(double mbps) =>
        _plans.Step(new Demand([new NumberedKbps(LondonNumber, (long)(mbps * 1_000))], []));
}
