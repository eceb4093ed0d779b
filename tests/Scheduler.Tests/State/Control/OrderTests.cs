using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Control;

/// <summary>What operators order holds when the order returns.</summary>
public sealed class OrderTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    [Fact]
    public void A_configuration_is_published_before_apply_returns()
    {
        (long version, long revision) = (_replica.Snapshot.Version, _replica.Snapshot.Revision);
        _replica.Configure();
        Assert.Equal((version + 1, revision + 1), (_replica.Snapshot.Version, _replica.Snapshot.Revision));
    }

    [Fact]
    public void A_tick_that_changes_nothing_publishes_nothing()
    {
        _replica.Run(3);
        long version = _replica.Snapshot.Version;
        _replica.Run(10);
        Assert.Equal(version, _replica.Snapshot.Version);
    }

    [Fact]
    public void A_drain_holds_at_once_and_without_a_tick()
    {
        _replica.Run(3);
        Assert.Equal("p00", _replica.Snapshot.Fleet.Sites[_replica.Look()[0].Site]!.Site.Id);
        _replica.Drain("p00");
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-00"));
        for (ulong stream = 0; stream < 50; stream++)
        {
            Decision decision = _replica.Look(stream, want: 8);
            for (int i = 0; i < decision.Count; i++) Assert.False(_replica.NodeOf(decision[i]).StartsWith("p00", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_drain_of_one_node_leaves_the_others_of_its_site()
    {
        _replica.Run(3);
        _replica.Drain("p00-01");
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-01"));
        Assert.Equal("p00-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void The_undo_of_a_drain_opens_at_once_and_starts_slowly()
    {
        _replica.Run(3);
        _replica.Drain("p00");
        _replica.Run(10);
        Assert.Equal(0, _replica.Room("p00-00"));
        _replica.Configure(drains: []);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        _replica.Tick();
        Assert.Equal(0.1, _replica.Node("p00-00").SlowStartShare);
        Assert.InRange(_replica.Room("p00-00"), 1, World.NodeKbps / 10);
    }

    [Fact]
    public void A_drain_that_has_expired_is_not_obeyed()
    {
        _replica.Run(3);
        var drain = new Drain("d-1", new DrainTarget(DrainTargetKind.Site, "p00"), "test", "test", _replica.Clock.UtcNow, _replica.Clock.UtcNow.AddSeconds(1));
        _replica.Configure(drains: [drain]);
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-00"));
        _replica.Run(1.5);
        _replica.Configure();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
    }

    [Fact]
    public void A_node_out_of_service_is_not_named_and_comes_back_slowly()
    {
        _replica.Run(3);
        _replica.Configure(overrides: [new NodeOverride("p00-00", false, 1)]);
        Assert.Equal(Eligibility.OutOfService, _replica.Standing("p00-00"));
        _replica.Run(1);
        _replica.Configure(overrides: []);
        _replica.Tick();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal(0.1, _replica.Node("p00-00").SlowStartShare);
    }

    [Fact]
    public void A_weight_opens_its_share_of_what_is_free()
    {
        _replica.Report("p00-00", 400_000);
        _replica.Configure(overrides: [new NodeOverride("p00-00", true, 0.5)]);
        _replica.Tick();
        Assert.Equal((700_000 * 99 / 100) - 400_000, _replica.Room("p00-00"));
        Assert.Equal(1, _replica.Node("p00-00").SlowStartShare);
    }

    [Fact]
    public void An_order_counts_from_when_the_report_was_measured_not_from_when_it_came()
    {
        _replica.Run(20);
        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index("p00-00"), _replica.Site("p00").Index, 50_000));
        _replica.RunSilent(3);
        _replica.Report("p00-00", 200_000, atOffsetMs: -4_500);
        Assert.Equal(250_000, _replica.Load("p00-00"));
        _replica.Configure(overrides: [new NodeOverride("p00-00", true, 0.9)]);
        _replica.Tick();
        Assert.Equal(250_000, _replica.Load("p00-00"));
    }
}
