using Scheduler.Core.Upstreams;

namespace Scheduler.Tests.Core.Upstreams;

public sealed class ReparentPaceTests
{
    private readonly ReparentPace _pace = ReparentPace.Of([new PulledStream(1, 10), new PulledStream(2, 70), new PulledStream(3, 20)]);

    [Fact]
    public void The_hottest_stream_leaves_first_and_turns_are_shares_of_bits()
    {
        Assert.Equal(0, _pace.TurnOf(2));
        Assert.Equal(0.7, _pace.TurnOf(3), 5);
        Assert.Equal(0.9, _pace.TurnOf(1), 5);
        Assert.InRange(_pace.TurnOf(99), 0, 1);
    }

    [Fact]
    public void Nothing_leaves_at_a_share_of_0_and_everything_at_1()
    {
        Assert.All(Enumerable.Range(0, 100), s => Assert.False(_pace.HasLeft((ulong)s, 0)));
        Assert.All(Enumerable.Range(0, 100), s => Assert.True(_pace.HasLeft((ulong)s, 1)));
    }

    [Fact]
    public void The_share_grows_in_steps_after_the_warm_up_and_never_falls()
    {
        Assert.Equal(0, ReparentPace.ShareAt(ReparentPace.WarmUpS - 0.1, 60));
        Assert.Equal(5.0 / 60, ReparentPace.ShareAt(ReparentPace.WarmUpS, 60));
        Assert.Equal(5.0 / 60, ReparentPace.ShareAt(ReparentPace.WarmUpS + 4.9, 60));
        Assert.Equal(1, ReparentPace.ShareAt(ReparentPace.WarmUpS + 60, 60));
        Assert.Equal(1, ReparentPace.ShareAt(ReparentPace.WarmUpS, 0));
        Assert.All(Enumerable.Range(0, 100), s => Assert.True(ReparentPace.ShareAt(s + 1, 60) >= ReparentPace.ShareAt(s, 60)));
    }

    [Fact]
    public void A_drain_by_and_by_keeps_a_stream_until_its_turn()
    {
        ParentDrains drains = ParentDrains.None.With(4, _pace, 0.75);
        Assert.False(drains.Keeps(4, 2));
        Assert.False(drains.Keeps(4, 3));
        Assert.True(drains.Keeps(4, 1));
        Assert.False(drains.Keeps(5, 1));
        Assert.False(drains.Ahead(0.2).Keeps(4, 1));
        Assert.False(drains.With(4, null, 0).IsPaced(4));
    }
}
