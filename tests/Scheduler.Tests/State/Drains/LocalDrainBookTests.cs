using Scheduler.State.Drains;
using static Scheduler.Tests.State.Drains.LocalDrainSamples;

namespace Scheduler.Tests.State.Drains;

/// <summary>The order of things: written down, then obeyed.</summary>
public sealed class LocalDrainBookTests
{
    private readonly MemoryLocalDrainJournal _journal = new();
    private readonly VirtualClock _clock = new(Noon);
    private LocalDrainSet _obeyed = LocalDrainSet.Empty;
    private LocalDrainBook _book;

    public LocalDrainBookTests() => _book = New();

    [Fact]
    public void A_drain_that_cannot_be_written_down_is_not_obeyed()
    {
        _journal.IsFull = true;
        Assert.Throws<IOException>(() => _book.Take(Local("l-1")));
        Assert.True(_obeyed.IsEmpty);
        Assert.True(_book.Drains.IsEmpty);
    }

    [Fact]
    public void The_next_process_obeys_what_the_one_before_wrote_down()
    {
        _book.Take(Local("l-1"));
        _book.Take(Local("l-2", "p01"));
        _book.Take(Local("l-2", "p01").Ended());
        (_obeyed, _book) = (LocalDrainSet.Empty, New());
        _book.Recover();
        Assert.Null(_obeyed.Find("l-1")!.End);
        Assert.Equal("bob", _obeyed.Find("l-2")!.End!.By);
    }

    [Fact]
    public void What_a_peer_tells_is_written_down_once_and_obeyed()
    {
        _book.Hear([Local("l-1"), Local("l-1"), Local("l-9", hours: 0)]);
        Assert.Equal("l-1", Assert.Single(_journal.Lines).Drain.Id);
        Assert.NotNull(_obeyed.Find("l-1"));
    }

    [Fact]
    public void What_was_settled_is_not_begun_anew_by_a_peer_that_lags_behind()
    {
        _book.Take(Local("l-1"));
        _book.Settle(Local("l-1"));
        _book.Hear([Local("l-1")]);
        Assert.True(_obeyed.IsEmpty);
        Assert.Empty(_journal.Lines);
    }

    [Fact]
    public void A_drain_that_was_cancelled_meanwhile_is_not_settled()
    {
        _book.Take(Local("l-1"));
        _book.Take(Local("l-1").Ended());
        _book.Settle(Local("l-1"));
        Assert.NotNull(_book.Drains.Find("l-1")!.End);
    }

    [Fact]
    public void It_is_forgotten_when_it_is_over()
    {
        _book.Take(Local("l-1"));
        _book.Take(Local("l-2", hours: 3).Ended());
        _clock.Advance(TimeSpan.FromHours(1));
        _book.Expire();
        Assert.Equal("l-2", Assert.Single(_journal.Lines).Drain.Id);
        Assert.Null(_obeyed.Find("l-1"));
    }

    private LocalDrainBook New() => new(_journal, drains => _obeyed = drains, _clock);
}
