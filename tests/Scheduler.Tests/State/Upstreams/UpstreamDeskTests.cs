using Scheduler.Core.Upstreams;
using Scheduler.State.Upstreams;

namespace Scheduler.Tests.State.Upstreams;

/// <summary>From where nodes are told to pull, and what they are told without asking.</summary>
public sealed class UpstreamDeskTests
{
    private readonly Platform _platform = new();

    private ulong Live => _platform.Live;

    private UpstreamDesk Desk => _platform.Loop.Desk;

    [Fact]
    public void A_pop_pulls_from_the_home_or_a_relay_and_a_relay_from_the_home()
    {
        _platform.Arrives("ams-02", Live);
        _platform.Run(2);
        Assert.Equal("ams-02", _platform.Ask("lon1-01", Live));
        ParentAnswer far = Desk.Ask(_platform.Replica.Index("nyc1-01"), Live)!;
        UpstreamParent first = far.Parents.First(parent => parent.Relays);
        Assert.StartsWith("iad", _platform.Id(first.Node), StringComparison.Ordinal);
        ParentAnswer relay = Desk.Ask(first.Node, Live)!; // one node pulls for its whole IDC
        Assert.Equal(("ams-02", false), (_platform.Id(relay.Parents[0].Node), relay.Parents[0].Relays));
        Assert.Equal(UpstreamOutcome.IsHome, Desk.Ask(_platform.Replica.Index("ams-02"), Live)!.Outcome);
    }

    [Fact]
    public void Nothing_is_told_while_the_parent_stays()
    {
        _platform.Arrives("ams-02", Live);
        _platform.Run(2);
        _platform.Ask("lon1-01", Live);
        _platform.Run(5);
        Assert.Empty(Desk.Changes(_platform.Replica.Index("lon1-01")));
        Assert.Empty(Desk.Changes(_platform.Replica.Index("par1-01")));
    }

    [Fact]
    public void A_node_is_told_when_its_parent_becomes_another_and_once()
    {
        _platform.Arrives("ams-02", Live);
        _platform.Run(2);
        _platform.Ask("lon1-01", Live);
        _platform.Arrives("ams-02", Live, kbps: 0);
        _platform.Arrives("fra-01", Live);
        _platform.Replica.Drain("ams-02");
        _platform.Run(3);
        int lon = _platform.Replica.Index("lon1-01");
        ParentAnswer change = Assert.Single(Desk.Changes(lon));
        Assert.Equal(Live, change.Stream);
        Assert.NotEqual("ams-02", _platform.Id(change.Parents[0].Node));
        Assert.Empty(Desk.Changes(lon));
        Assert.Equal(1, Desk.Reparented);
    }

    [Fact]
    public void What_was_not_asked_for_of_late_is_not_followed()
    {
        _platform.Arrives("ams-02", Live);
        _platform.Run(2);
        _platform.Ask("lon1-01", Live);
        _platform.Run(125);
        Desk.Changes(_platform.Replica.Index("lon1-01"));
        _platform.Replica.Drain("ams-02");
        _platform.Run(2);
        Assert.Empty(Desk.Changes(_platform.Replica.Index("lon1-01")));
    }

    [Fact]
    public void A_pull_that_was_told_weighs_on_its_link_until_reports_show_it()
    {
        _platform.Arrives("ams-02", Live, kbps: 8_000);
        _platform.Run(2);
        _platform.Ask("lon1-01", Live);
        Assert.Equal(8_000, LinkKbps("lon1", "ams"));
        _platform.Pulls("lon1-01", "ams", 7_500, 1);
        _platform.Run(6);
        Assert.Equal(7_500, LinkKbps("lon1", "ams"));
        _platform.Dead.Add("lon1-01");
        _platform.Run(9);
        Assert.Equal(0, LinkKbps("lon1", "ams"));
    }

    [Fact]
    public void Pulls_may_name_the_idc_or_its_node_and_are_summed_by_link()
    {
        _platform.Pulls("lon1-01", "ams", 5_000, 2);
        _platform.Pulls("lon1-01", "ams-01", 6_000, 3);
        _platform.Pulls("lon1-02", "ams", 7_000, 4);
        _platform.Pulls("lon1-02", "nowhere", 7_000, 4);
        _platform.Run(2);
        Assert.Equal(18_000, LinkKbps("lon1", "ams"));
        Assert.True(_platform.Replica.Snapshot.Fleet.TryFindSite("ams", out int ams));
        Assert.Equal((9, 18_000), (_platform.Loop.Counts.PullsFrom(ams), _platform.Loop.Counts.KbpsFrom(ams)));
    }

    [Fact]
    public void A_full_link_is_not_named_while_another_has_room()
    {
        var platform = new Platform(IdcFleet.Of(linkKbps: 10_000));
        platform.Arrives("ams-02", Live, kbps: 4_000);
        platform.Pulls("lon1-01", "ams", 9_000, 3);
        platform.Run(4);
        Assert.StartsWith("fra", platform.Ask("lon1-02", Live), StringComparison.Ordinal);
    }

    [Fact]
    public void What_links_carry_survives_a_change_of_the_fleet()
    {
        _platform.Pulls("lon1-01", "ams", 5_000, 2);
        _platform.Run(4);
        _platform.Replica.Configure(IdcFleet.Of(linkKbps: 77_000));
        _platform.Replica.Tick();
        Assert.Equal(5_000, LinkKbps("lon1", "ams"));
        Assert.Equal(77_000, _platform.Loop.View!.Table.Way(WayOf("lon1", "ams")).CapacityKbps);
    }

    private long LinkKbps(string to, string from) => _platform.Loop.View!.Links.LoadKbps(WayOf(to, from));

    private int WayOf(string to, string from)
    {
        UpstreamView view = _platform.Loop.View!;
        Assert.True(view.Snapshot.Fleet.TryFindSite(to, out int pop));
        Assert.True(view.Snapshot.Fleet.TryFindSite(from, out int idc));
        Assert.True(view.Table.TryFindWay(pop, idc, out int way));
        return way;
    }
}
