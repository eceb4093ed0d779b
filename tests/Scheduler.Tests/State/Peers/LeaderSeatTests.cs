using FsCheck;
using FsCheck.Fluent;
using Scheduler.State.Peers;

namespace Scheduler.Tests.State.Peers;

public sealed class LeaderSeatTests
{
    [Fact]
    public void A_replica_that_is_alone_leads_under_fence_zero()
    {
        LeaderSeat seat = LeaderSeat.OfOne(1);
        Assert.True(seat.Leads);
        Assert.Equal(0, seat.Fence);
    }

    [Fact]
    public void A_leader_that_another_followed_is_refused_and_counted()
    {
        var seat = new LeaderSeat(1);
        Assert.True(seat.Learn(1, 5));
        Assert.True(seat.Leads);
        Assert.True(seat.Learn(2, 6));
        Assert.False(seat.Leads);
        Assert.False(seat.Learn(1, 5));
        Assert.Equal((2, 6L, 1L, 1L), (seat.Leader!.Value, seat.Fence, seat.Refused, seat.Taken));
    }

    [Fact]
    public void A_seat_that_is_given_up_is_empty_and_a_later_leader_does_not_lose_his_by_it()
    {
        var seat = new LeaderSeat(1);
        seat.Learn(1, 5);
        seat.Vacate(5);
        Assert.Null(seat.Leader);
        seat.Learn(2, 6);
        seat.Vacate(5);
        Assert.Equal((byte)2, seat.Leader);
    }

    [Fact]
    public void In_whatever_order_leaders_are_heard_of_the_last_fence_wins() => Prop.ForAll(
        Gen.Choose(1, 20).ListOf().ToArbitrary(),
        fences =>
        {
            var seat = new LeaderSeat(1);
            foreach (int fence in fences) seat.Learn((byte)fence, fence);
            return fences.Count == 0 || (seat.Fence == fences.Max() && seat.Leader == fences.Max());
        }).QuickCheckThrowOnFailure();
}
