using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Tests.State.Control;

/// <summary>When most sites fall silent at once, the fault is taken to be ours.</summary>
public sealed class FrozenTests
{
    private readonly Replica _replica = new(sites: 6, nodesPerSite: 1);

    [Fact]
    public void More_than_half_silent_at_once_freezes_the_last_states()
    {
        _replica.Run(5);
        _replica.Run(10, node => string.CompareOrdinal(node, "p04") >= 0);
        Assert.True(_replica.Control.Frozen);
        Assert.True(_replica.Snapshot.Frozen);
        Decision decision = _replica.Look();
        Assert.Equal(DispatchOutcome.Frozen, decision.Outcome);
        Assert.Equal("p00-00", _replica.NodeOf(decision[0]));
    }

    [Fact]
    public void Half_of_them_silent_are_believed_to_be_dead()
    {
        _replica.Run(5);
        _replica.Run(10, node => string.CompareOrdinal(node, "p03") >= 0);
        Assert.False(_replica.Control.Frozen);
        Assert.Equal("p03-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void Silence_that_spreads_slowly_is_believed()
    {
        _replica.Run(5);
        for (int dead = 1; dead <= 5; dead++)
        {
            int last = dead;
            _replica.Run(11, node => string.CompareOrdinal(node, $"p{last:00}") >= 0);
            Assert.False(_replica.Control.Frozen);
        }
        Assert.Equal("p05-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void Half_of_them_heard_again_thaws()
    {
        _replica.Run(5);
        _replica.RunSilent(10);
        Assert.True(_replica.Control.Frozen);
        _replica.Run(1, node => string.CompareOrdinal(node, "p03") >= 0);
        Assert.True(_replica.Control.Frozen); // the others have their next turn first
        _replica.Run(2, node => string.CompareOrdinal(node, "p03") >= 0);
        Assert.False(_replica.Control.Frozen);
        Assert.False(_replica.Snapshot.Frozen);
        Assert.Equal(Eligibility.Silent, _replica.Standing("p00-00"));
        Assert.Equal("p03-00", _replica.NodeOf(_replica.Look()[0]));
    }

    [Fact]
    public void It_freezes_before_anybody_is_moved_though_the_sites_fall_silent_one_after_the_other()
    {
        _replica.Run(5);
        for (int last = 0; last < 6; last++) // within a second each in its turn
        {
            _replica.ReportAll(node => string.CompareOrdinal(node, $"p{last:00}") >= 0);
            _replica.Time.Advance(TimeSpan.FromMilliseconds(150));
        }
        bool frozen = false;
        for (int tick = 0; tick < 80; tick++)
        {
            _replica.RunSilent(0.1);
            frozen |= _replica.Control.Frozen;
            if (_replica.Standing("p00-00") == Eligibility.Silent) Assert.True(_replica.Snapshot.Frozen);
        }
        Assert.True(frozen);
    }

    [Fact]
    public void Who_was_silent_because_we_were_deaf_has_all_his_room_at_once_and_who_was_silent_alone_starts_slowly()
    {
        _replica.Run(5);
        _replica.RunSilent(10);
        Assert.True(_replica.Control.Frozen);
        _replica.Run(4, node => node != "p00-00");
        Assert.False(_replica.Control.Frozen);
        Assert.Equal(1, _replica.Node("p01-00").SlowStartShare);
        _replica.Run(1);
        Assert.True(_replica.Node("p00-00").SlowStartShare < 0.5); // not heard with the others: its silence was its own
    }

    [Fact]
    public void A_node_that_says_it_is_down_stays_out_though_frozen()
    {
        _replica.Run(5);
        _replica.Report("p00-00", state: Scheduler.Core.Capacity.NodeState.Down);
        _replica.RunSilent(10);
        Assert.True(_replica.Control.Frozen);
        Assert.Equal(Eligibility.Down, _replica.Standing("p00-00"));
        Assert.Equal("p01-00", _replica.NodeOf(_replica.Look()[0]));
    }
}
