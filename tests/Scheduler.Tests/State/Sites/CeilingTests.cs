using Scheduler.Core.Capacity;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Sites;

/// <summary>How much one node may be given.</summary>
public sealed class CeilingTests
{
    private readonly Replica _replica = new(sites: 1, nodesPerSite: 2);

    [Fact]
    public void A_cut_of_capacity_holds_at_once()
    {
        _replica.Run(5);
        _replica.Report("p00-00", 50_000, capacity: 100_000);
        Assert.Equal(49_000, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_rise_of_capacity_holds_at_once()
    {
        _replica.Report("p00-00", capacity: 100_000);
        Assert.Equal(99_000, _replica.Room("p00-00"));
        _replica.Report("p00-00");
        Assert.Equal(990_000, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_node_never_counts_for_more_than_it_was_declared_with()
    {
        _replica.Report("p00-00", capacity: World.NodeKbps * 50);
        Assert.Equal(World.NodeKbps * 99 / 100, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_limit_half_used_bounds_the_egress_to_twice_what_it_is()
    {
        _replica.Report("p00-00", 100_000, limits: [new ReportedLimit(12_000, 6_000)]);
        Assert.Equal(98_000, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_busy_processor_bounds_the_egress()
    {
        _replica.Report("p00-00", 475_000, cpu: 0.95);
        Assert.Equal(495_000 - 475_000, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_node_over_its_capacity_takes_nothing_more()
    {
        _replica.Report("p00-00", World.NodeKbps * 2);
        Assert.Equal(0, _replica.Room("p00-00"));
        Assert.False(_replica.Snapshot.Load.TryTake(_replica.Index("p00-00"), 0, 1));
    }

    [Fact]
    public void An_assignment_raises_the_price_at_once()
    {
        _replica.Run(2);
        float before = _replica.Snapshot.Load.Prices[0];
        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index("p00-00"), 0, 900_000));
        float after = _replica.Snapshot.Load.Prices[0];
        Assert.Equal(900_000, _replica.Snapshot.Load.SiteLoadKbps(0));
        Assert.Equal((float)LoadPenaltyAt(0.45), after, 3);
        Assert.True(after > before);
        _replica.Tick();
        Assert.Equal(after, _replica.Snapshot.Load.Prices[0], 3);
    }

    [Fact]
    public void A_site_is_the_sum_of_its_nodes()
    {
        _replica.Report("p00-00", 300_000);
        _replica.Report("p00-01", 100_000, capacity: 500_000);
        _replica.Tick();
        Assert.Equal(400_000, _replica.Snapshot.Load.SiteLoadKbps(0));
        Assert.Equal(1_500_000, _replica.Site("p00").EffectiveKbps);
        Assert.Equal(690_000 + 395_000, _replica.Snapshot.Load.Site(0).Ceiling);
    }

    private static double LoadPenaltyAt(double utilisation) => Scheduler.Core.Cost.LoadPenalty.Default.Marginal(utilisation);
}
