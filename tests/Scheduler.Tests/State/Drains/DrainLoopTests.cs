using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.State.Drains;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Drains;

/// <summary>The course of a drain: planned, ramping, migrating, drained, over.</summary>
public sealed class DrainLoopTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    public DrainLoopTests() => _replica.Run(30);

    [Fact]
    public void A_planned_drain_changes_nothing_until_its_time()
    {
        _replica.Configure(drains: [_replica.DrainOf("p00") with { StartsAt = _replica.Clock.UtcNow.AddSeconds(10) }]);
        _replica.Run(9);
        Assert.Equal((DrainPhase.Planned, 1.0), (Progress.Phase, Progress.Admitting));
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        _replica.Run(1.5);
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-00"));
        Assert.Equal((DrainPhase.Drained, 0.0), (Progress.Phase, Progress.Admitting));
    }

    [Fact]
    public void A_ramp_closes_the_free_part_step_by_step_and_then_the_site()
    {
        Ramp(seconds: 500);
        long whole = _replica.Room("p00-00"), before = whole;
        double share = 1;
        for (int step = 1; step <= 9; step++)
        {
            _replica.Run(50);
            Assert.Equal(DrainPhase.Ramping, Progress.Phase);
            Assert.InRange(Progress.Admitting, 1 - (step * 0.1) - 0.03, 1 - (step * 0.1) + 0.03);
            Assert.True(Progress.Admitting < share);
            Assert.InRange(_replica.Room("p00-00"), 1, before);
            Assert.Equal(Progress.Admitting * whole, _replica.Room("p00-00"), whole * 0.02);
            (share, before) = (Progress.Admitting, _replica.Room("p00-00"));
        }
        _replica.Run(51);
        Assert.Equal((DrainPhase.Drained, 0.0), (Progress.Phase, Progress.Admitting));
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-00"));
    }

    [Fact]
    public void Where_the_receivers_are_tight_the_ramp_takes_longer_and_says_by_how_much()
    {
        foreach (string node in (string[])["p01-00", "p01-01", "p02-00", "p02-01"]) _replica.Report(node, (long)(0.85 * World.NodeKbps));
        _replica.Tick();
        Ramp(seconds: 50);
        for (int i = 0; i < 60; i++)
        {
            // Five seconds' worth of those who come weighs more than two per cent of what the receivers have left.
            _replica.Open((ulong)i);
            _replica.Run(1, speaks: node => node.StartsWith("p00", StringComparison.Ordinal));
            foreach (string node in (string[])["p01-00", "p01-01", "p02-00", "p02-01"]) _replica.Report(node, (long)(0.85 * World.NodeKbps));
        }
        Assert.Equal(DrainPhase.Ramping, Progress.Phase);
        // The site that London's viewers would go to has 100 Mbit/s up to nine tenths; a step is two per cent of that, a thousandth of the target's 2 Gbit/s.
        Assert.InRange(Progress.Admitting, 0.985, 0.99);
        Assert.InRange(Progress.LateMs, 4_000_000, 6_000_000);
    }

    [Fact]
    public void After_a_restart_a_ramp_goes_on_where_its_time_has_come_to()
    {
        Drain drain = _replica.DrainOf("p00") with { Ramp = TimeSpan.FromSeconds(100) };
        _replica.Configure(drains: [drain]);
        _replica.Run(61);
        double before = Progress.Admitting;

        var restarted = new Replica(sites: 3, nodesPerSite: 2);
        restarted.Time.Advance(_replica.Clock.UtcNow - restarted.Clock.UtcNow);
        restarted.Configure(drains: [drain]);
        DrainProgress after = Assert.Single(restarted.Control.Drains.Progress);
        Assert.Equal(DrainPhase.Ramping, after.Phase);
        Assert.InRange(after.Admitting, 0.35, before);
    }

    [Fact]
    public void At_its_deadline_a_ramp_is_over_however_tight_the_receivers_are()
    {
        var replica = new Replica(sites: 1, nodesPerSite: 1); // no receiver at all
        replica.Run(20);
        replica.Configure(drains: [replica.DrainOf("p00") with { Ramp = TimeSpan.FromSeconds(30), Deadline = replica.Clock.UtcNow.AddSeconds(60) }]);
        replica.Run(59);
        Assert.Equal(1, Assert.Single(replica.Control.Drains.Progress).Admitting);
        replica.Run(2);
        Assert.Equal(Eligibility.Drained, replica.Standing("p00-00"));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(33)]
    [InlineData(49)]
    [InlineData(72)]
    public void Undone_at_any_stage_the_site_comes_back_slowly_from_where_it_was(double afterS)
    {
        Ramp(seconds: 50);
        _replica.Run(afterS);
        double open = Progress.Admitting;
        _replica.Configure(drains: []);
        _replica.Tick();
        Assert.Empty(_replica.Control.Drains.Progress);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal(Math.Max(0.1, open), _replica.Node("p00-00").SlowStartShare, 0.02);
        double share = _replica.Node("p00-00").SlowStartShare;
        for (int i = 0; i < 10; i++)
        {
            _replica.Run(10);
            Assert.InRange(_replica.Node("p00-00").SlowStartShare, share, 1);
            share = _replica.Node("p00-00").SlowStartShare;
        }
        Assert.Equal(1, share);
    }

    [Fact]
    public void A_drain_ends_at_its_expiry_even_when_that_cannot_be_stored_and_stays_ended()
    {
        _replica.Configure(drains: [_replica.DrainOf("p00") with { ExpiresAt = _replica.Clock.UtcNow.AddSeconds(10) }]);
        _replica.Run(11);
        Assert.Equal(DrainPhase.Expired, Progress.Phase);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.InRange(_replica.Node("p00-00").SlowStartShare, 0.1, 0.2);
        _replica.Time.StepCalendar(TimeSpan.FromHours(-1));
        _replica.Configure();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
    }

    [Fact]
    public void Of_two_drains_of_one_node_the_one_that_closes_more_holds()
    {
        _replica.Configure(drains: [_replica.DrainOf("p00") with { Ramp = TimeSpan.FromSeconds(100) }, _replica.DrainOf("p00-01", "d-2")]);
        _replica.Tick();
        Assert.Equal((Eligibility.Eligible, Eligibility.Drained), (_replica.Standing("p00-00"), _replica.Standing("p00-01")));
        _replica.Configure(drains: [_replica.Configuration.Drains[0]]);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-01"));
    }

    [Fact]
    public void A_target_is_drained_when_its_nodes_say_that_nobody_is_there_and_not_before()
    {
        var restarted = new Replica(sites: 3, nodesPerSite: 2);
        restarted.Configure(drains: [restarted.DrainOf("p00")]);
        DrainProgress Now() => Assert.Single(restarted.Control.Drains.Progress);
        restarted.Run(2, speaks: node => node != "p00-00");
        Assert.Equal((DrainPhase.Migrating, 0L), (Now().Phase, Now().SessionsLeft)); // one node has not been heard: who knows
        restarted.Report("p00-00", egress: 30_000, sessions: 10);
        restarted.Run(1, speaks: _ => false);
        Assert.Equal((DrainPhase.Migrating, 10L, 30_000L), (Now().Phase, Now().SessionsLeft, Now().KbpsLeft));
        restarted.Run(2);
        Assert.Equal((DrainPhase.Drained, 0L), (Now().Phase, Now().SessionsLeft));
    }

    private DrainProgress Progress => Assert.Single(_replica.Control.Drains.Progress);

    private void Ramp(double seconds) => _replica.Configure(drains: [_replica.DrainOf("p00") with { Ramp = TimeSpan.FromSeconds(seconds) }]);
}
