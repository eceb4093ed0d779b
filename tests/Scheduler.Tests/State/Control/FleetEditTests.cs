using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Control;

/// <summary>The fleet changes while the process lives: counters stay with their nodes.</summary>
public sealed class FleetEditTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    [Fact]
    public void What_stays_keeps_its_index_and_its_counters()
    {
        _replica.Run(3);
        int node = _replica.Index("p02-01");
        Assert.True(_replica.Snapshot.Load.TryTake(node, _replica.Site("p02").Index, 5_000));
        _replica.Configure(Without(_replica.Configuration.Fleet, "p00-00"));
        Assert.Equal(node, _replica.Index("p02-01"));
        Assert.Equal(5_000, _replica.Ledger("p02-01").Assigned);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p02-01"));
        _replica.Configure(World.FleetOf(5, 3));
        Assert.Equal(node, _replica.Index("p02-01"));
        Assert.Equal(Eligibility.Unheard, _replica.Standing("p02-02"));
    }

    [Fact]
    public void A_node_that_left_is_not_named_and_one_that_returns_must_report_first()
    {
        Fleet whole = _replica.Configuration.Fleet;
        _replica.Run(3);
        int before = _replica.Index("p00-00");
        _replica.Configure(Without(whole, "p00-00"));
        Assert.False(_replica.Snapshot.Fleet.TryFindNode("p00-00", out _));
        for (ulong stream = 0; stream < 20; stream++) Assert.NotEqual(before, _replica.Look(stream)[0].Node);

        _replica.Configure(whole);
        Assert.Equal(Eligibility.Unheard, _replica.Standing("p00-00"));
        Assert.True(_replica.Room("p00-00") < 0);
        _replica.ReportAll();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal(World.NodeKbps * 99 / 100, _replica.Room("p00-00"));
    }

    [Fact]
    public void An_index_rests_a_minute_before_another_node_gets_it()
    {
        Fleet whole = _replica.Configuration.Fleet;
        _replica.Run(3);
        int left = _replica.Index("p00-00");
        _replica.Configure(Without(whole, "p00-00"));
        _replica.Configure(Plus(Without(whole, "p00-00"), "p00-07"));
        Assert.NotEqual(left, _replica.Index("p00-07"));
        _replica.Run(61);
        _replica.Configure(Plus(_replica.Configuration.Fleet, "p00-08"));
        Assert.Equal(left, _replica.Index("p00-08"));
    }

    [Fact]
    public void Who_inherits_an_index_inherits_no_load()
    {
        Fleet whole = _replica.Configuration.Fleet;
        _replica.Run(3);
        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index("p00-00"), _replica.Site("p00").Index, 700_000));
        _replica.Configure(Without(whole, "p00-00"));
        _replica.Run(61);
        _replica.Configure(Plus(_replica.Configuration.Fleet, "p00-08"));
        Assert.Equal(0, _replica.Load("p00-08"));
        _replica.ReportAll();
        Assert.Equal(World.NodeKbps * 99 / 100, _replica.Room("p00-08"));
    }

    [Fact]
    public void A_node_that_moves_to_another_site_serves_there()
    {
        _replica.Run(3);
        Fleet fleet = _replica.Configuration.Fleet;
        Node moved = fleet.Nodes.First(n => n.Id == "p00-00") with { Site = "p01" };
        _replica.Configure(fleet with { Nodes = [.. fleet.Nodes.Where(n => n.Id != "p00-00").Append(moved).OrderBy(n => n.Site, StringComparer.Ordinal).ThenBy(n => n.Id, StringComparer.Ordinal)] });
        _replica.Run(2);
        Assert.Equal(_replica.Site("p01").Index, _replica.Snapshot.Fleet.SiteOf(_replica.Index("p00-00")));
        Assert.Equal(3 * World.NodeKbps, _replica.Site("p01").EffectiveKbps);
        Assert.Equal(World.NodeKbps, _replica.Site("p00").EffectiveKbps);
    }

    private static Fleet Without(Fleet fleet, string node) => fleet with { Nodes = [.. fleet.Nodes.Where(n => n.Id != node)] };

    private static Fleet Plus(Fleet fleet, string node)
    {
        Node like = fleet.Nodes[0];
        var added = like with { Id = node, Host = node + ".edge.example" };
        return fleet with { Nodes = [.. fleet.Nodes.Append(added).OrderBy(n => n.Site, StringComparer.Ordinal).ThenBy(n => n.Id, StringComparer.Ordinal)] };
    }
}
