using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Sites;

public sealed class StalenessTests
{
    private readonly Replica _replica = new(sites: 5, nodesPerSite: 1);

    [Fact]
    public void A_node_that_never_reported_is_not_named()
    {
        _replica.ReportAll(node => node != "p00-00");
        Assert.Equal(Eligibility.Unheard, _replica.Standing("p00-00"));
        Assert.Equal("p01-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void At_first_sight_there_is_no_slow_start()
    {
        _replica.ReportAll();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal(1, _replica.Node("p00-00").SlowStartShare);
        Assert.Equal(World.NodeKbps * 99 / 100, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_node_that_falls_silent_is_suspect_then_out_and_comes_back_slowly()
    {
        bool Others(string node) => node != "p00-00";
        _replica.Run(5);
        _replica.Run(3.9, Others);
        Assert.Equal(Freshness.Suspect, _replica.Node("p00-00").Freshness);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal((float)DispatchPolicy.Default.SuspectMs, _replica.Snapshot.Site(_replica.Site("p00").Index).ExtraMs);

        _replica.Run(4, Others);
        Assert.Equal(Freshness.Silent, _replica.Node("p00-00").Freshness);
        Assert.Equal(Eligibility.Silent, _replica.Standing("p00-00"));
        Assert.Equal("p01-00", _replica.NodeOf(_replica.Look()[0]));

        _replica.ReportAll();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
        Assert.Equal(0.1, _replica.Node("p00-00").SlowStartShare);
        Assert.InRange(_replica.Room("p00-00"), 1, World.NodeKbps / 10);

        _replica.Run(45);
        Assert.InRange(_replica.Node("p00-00").SlowStartShare, 0.6, 0.65);
        _replica.Run(50);
        Assert.Equal(1, _replica.Node("p00-00").SlowStartShare);
        Assert.Equal(World.NodeKbps * 99 / 100, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_restart_means_slow_start_though_the_node_was_never_silent()
    {
        _replica.Run(5);
        _replica.Report("p00-00", incarnation: 2);
        Assert.Equal(0.1, _replica.Node("p00-00").SlowStartShare);
    }

    [Theory]
    [InlineData(NodeState.Down, Eligibility.Down)]
    [InlineData(NodeState.Draining, Eligibility.NodeDraining)]
    public void What_a_node_says_of_itself_takes_it_out(NodeState state, Eligibility standing)
    {
        _replica.Run(5);
        _replica.Report("p00-00", state: state);
        _replica.Tick();
        Assert.Equal(standing, _replica.Standing("p00-00"));
        Assert.True(_replica.Room("p00-00") <= 0);
        Assert.NotEqual("p00-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void A_node_that_was_down_comes_back_slowly()
    {
        _replica.Run(5);
        _replica.Report("p00-00", state: NodeState.Down);
        _replica.Run(1);
        Assert.Equal(0.1, _replica.Node("p00-00").SlowStartShare);
    }
}
