using Scheduler.Server.Endpoints.Admin.Watching;

namespace Scheduler.Tests.Server.Admin.Watching;

public sealed class OperationsFeedTests
{
    private readonly OperationsFeed _feed = new(firstNumber: 1_000);

    [Fact]
    public void Events_are_read_in_order_from_where_a_follower_stands()
    {
        Tell(revision: 7, count: 3);
        Assert.Equal([1_000, 1_001, 1_002], Numbers(after: 999));
        Assert.Equal([1_002], Numbers(after: 1_001));
        Assert.Empty(Numbers(after: 1_002));
        Assert.Equal(1_002, _feed.Last);
    }

    [Fact]
    public void Only_so_many_are_kept_and_who_is_further_behind_is_told_so()
    {
        Tell(revision: 7, count: OperationsFeed.Kept + 10);
        Assert.Equal(OperationsFeed.Kept, _feed.Read(after: 1_009, out bool forgotten).Length);
        Assert.False(forgotten);
        _feed.Read(after: 1_008, out forgotten);
        Assert.True(forgotten);
    }

    [Fact]
    public void Who_was_told_by_an_earlier_start_hears_all_that_is_kept_and_has_missed_nothing_of_this_one()
    {
        Tell(revision: 7, count: OperationsFeed.Kept + 10);
        Assert.Equal(OperationsFeed.Kept, _feed.Read(after: 12, out bool forgotten).Length);
        Assert.False(forgotten);
    }

    [Fact]
    public void Who_knows_a_revision_alone_hears_what_happened_since_it_was_in_force()
    {
        Assert.Equal(999, _feed.BeforeAllSince(6));
        Tell(revision: 6, count: 2);
        Tell(revision: 7, count: 2);
        Assert.Equal((999, 1_001, 1_003), (_feed.BeforeAllSince(6), _feed.BeforeAllSince(7), _feed.BeforeAllSince(8)));
    }

    [Fact]
    public void The_bell_that_was_taken_before_rings_with_the_next_event()
    {
        Task next = _feed.Next;
        Assert.False(next.IsCompleted);
        Tell(revision: 1, count: 1);
        Assert.True(next.IsCompletedSuccessfully);
        Assert.False(_feed.Next.IsCompleted);
    }

    private void Tell(long revision, int count)
    {
        for (int i = 0; i < count; i++) _feed.Tell(revision, "drain", "{}");
    }

    private long[] Numbers(long after) => [.. _feed.Read(after, out _).Select(told => told.Number)];
}
