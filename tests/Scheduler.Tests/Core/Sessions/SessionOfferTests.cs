using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

/// <summary>Make before break: who is asked to move is held where he is until he shows that he has gone.</summary>
public sealed class SessionOfferTests
{
    private readonly SessionTable _table = new(100, boot: 77, nowS: 1_000);

    [Fact]
    public void An_offer_moves_nobody_and_the_new_token_does()
    {
        ulong handle = Open(node: 1);
        Assert.True(_table.TryOffer(handle, 1, 2));
        Assert.Equal((1L, 0L), (_table.Node(1).Count, _table.Node(2).Count));
        Assert.False(_table.TryTakeUp(handle, 1, 3, 1_010));
        Assert.True(_table.TryTakeUp(handle, 1, 2, 1_010));
        Assert.Equal((0L, 1L), (_table.Node(1).Count, _table.Node(2).Count));
        Assert.Equal(1_010, _table.MovedAtS(handle));
        Assert.False(_table.TryTakeUp(handle, 2, 2, 1_011));
    }

    [Fact]
    public void A_later_offer_takes_the_place_of_one_that_was_not_taken_up()
    {
        ulong handle = Open(node: 1);
        _table.TryOffer(handle, 1, 2);
        _table.TryOffer(handle, 1, 3);
        Assert.False(_table.TryTakeUp(handle, 1, 2, 1_010));
        Assert.True(_table.TryTakeUp(handle, 1, 3, 1_010));
    }

    [Fact]
    public void Nobody_is_asked_who_is_elsewhere_or_gone()
    {
        ulong handle = Open(node: 1);
        Assert.False(_table.TryOffer(handle, 5, 2));
        _table.TryClose(handle, out _);
        Assert.False(_table.TryOffer(handle, 1, 2));
        Assert.Null(_table.MovedAtS(handle));
    }

    [Fact]
    public void Who_never_moved_has_no_time_of_it_not_even_at_the_first_second()
    {
        ulong handle = Open(node: 1);
        Assert.Null(_table.MovedAtS(handle));
        Assert.True(_table.TryMove(handle, 1, 2, 1_000));
        Assert.Equal(1_000, _table.MovedAtS(handle));
    }

    [Fact]
    public void The_next_session_of_a_place_inherits_no_offer()
    {
        ulong first = Open(node: 1);
        _table.TryOffer(first, 1, 2);
        _table.TryClose(first, out _);
        ulong second = Open(node: 1);
        Assert.False(_table.TryTakeUp(second, 1, 2, 1_010));
    }

    private ulong Open(int node)
    {
        Assert.True(_table.TryOpen(node, 1, 3_000, 2_000, out ulong handle));
        return handle;
    }
}
