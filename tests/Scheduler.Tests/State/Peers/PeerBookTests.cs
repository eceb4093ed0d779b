using System.Collections.Immutable;
using Scheduler.State;
using Scheduler.State.Peers;
using Scheduler.State.Ports;

namespace Scheduler.Tests.State.Peers;

/// <summary>Who lives is judged by what was heard on the channel and what the store says, whichever is better informed.</summary>
public sealed class PeerBookTests
{
    private readonly VirtualClock _time = new();
    private readonly PeerBook _book;

    public PeerBookTests() => _book = new PeerBook(new SchedulerClock(_time), MemberOf(1, 1), expected: 2);

    [Fact]
    public void A_peer_that_only_the_store_hears_is_silent_and_one_on_the_channel_lives()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1));
        Assert.Equal(PeerState.Silent, State(2));
        Assert.Equal(1, _book.Roll.Silent);
        _book.Heard(new ReplicaStart(2, 1));
        Assert.Equal(PeerState.Live, State(2));
        Assert.Equal(0, _book.Roll.Silent);
    }

    [Fact]
    public void A_peer_is_gone_when_neither_the_channel_nor_the_store_has_heard_it_for_three_seconds()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1));
        _book.Heard(new ReplicaStart(2, 1));
        Pass(PeerRules.SilentMs);
        Assert.Equal(PeerState.Silent, State(2));
        Assert.False(_book.IsGone(2));
        Pass(PeerRules.GoneMs - PeerRules.SilentMs);
        Learn(MemberOf(1, 1), MemberOf(2, 1)); // the store heard it just now
        Assert.Equal(PeerState.Silent, State(2));
        Pass(PeerRules.GoneMs);
        Assert.Equal(PeerState.Gone, State(2));
        Assert.True(_book.IsGone(2));
    }

    [Fact]
    public void While_the_store_is_away_the_last_known_members_hold_and_the_channel_decides()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1), MemberOf(3, 1));
        for (int s = 0; s < 60; s++)
        {
            Pass(999);
            _book.Heard(new ReplicaStart(2, 1));
        }
        Assert.Equal((PeerState.Live, PeerState.Gone), (State(2), State(3)));
        Assert.Equal([1, 2], Weighed());
    }

    [Fact]
    public void A_peer_that_left_is_named_to_no_node_until_it_starts_anew()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1), MemberOf(3, 1));
        Assert.Equal([1, 2, 3], Weighed());
        _book.Left(new ReplicaStart(2, 1));
        Assert.Equal(PeerState.Left, State(2));
        Assert.Equal([1, 3], Weighed());
        Learn(MemberOf(1, 1), MemberOf(2, 2), MemberOf(3, 1) with { HasLeft = true });
        Assert.Equal((PeerState.Silent, PeerState.Left), (State(2), State(3)));
        Assert.Equal([1, 2], Weighed());
    }

    [Fact]
    public void What_an_earlier_start_said_says_nothing_of_a_later_one()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 5));
        _book.Heard(new ReplicaStart(2, 4));
        Assert.Equal(PeerState.Silent, State(2));
        _book.Heard(new ReplicaStart(2, 6)); // the store tells of it in a second
        Assert.Equal(PeerState.Live, State(2));
        Pass(PeerRules.SilentMs);
        _book.Heard(new ReplicaStart(2, 5));
        Assert.Equal(PeerState.Silent, State(2));
    }

    [Fact]
    public void What_is_shared_evenly_is_divided_by_all_who_may_assign_until_their_last_lease_has_run_out()
    {
        Learn(MemberOf(1, 1));
        Assert.Equal(2, _book.Roll.Assigning); // as many as are expected, at the least
        Learn(MemberOf(1, 1), MemberOf(2, 1), MemberOf(3, 1));
        Assert.Equal(3, _book.Roll.Assigning);
        Pass(PeerRules.SpentMs - 1);
        Assert.Equal(3, _book.Roll.Assigning);
        Pass(1);
        Assert.Equal(2, _book.Roll.Assigning);
    }

    [Fact]
    public void Who_was_asleep_himself_judges_nobody_before_he_has_listened_again()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1), MemberOf(3, 1));
        _book.Heard(new ReplicaStart(2, 1));
        _book.Heard(new ReplicaStart(3, 1));
        _book.Tick();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((PeerState.Live, PeerState.Live), (State(2), State(3)));
        Pass(500);
        _book.Heard(new ReplicaStart(2, 1));
        Pass(PeerRules.SilentMs - 501);
        Assert.Equal((PeerState.Live, PeerState.Live), (State(2), State(3)));
        Pass(1);
        Assert.Equal((PeerState.Live, PeerState.Gone), (State(2), State(3)));
    }

    [Fact]
    public void The_epoch_rises_only_when_the_weights_change()
    {
        Learn(MemberOf(1, 1), MemberOf(2, 1));
        long epoch = _book.Roll.Epoch;
        _book.Heard(new ReplicaStart(2, 1));
        Pass(500);
        Assert.Equal(epoch, _book.Roll.Epoch);
        _book.Left(new ReplicaStart(2, 1));
        Pass(1);
        Assert.Equal(epoch + 1, _book.Roll.Epoch);
    }

    [Fact]
    public void A_replica_whose_number_is_anothers_knows_it_for_good()
    {
        Learn(MemberOf(1, 1));
        Assert.False(_book.IsSuperseded);
        Learn();
        Assert.True(_book.IsSuperseded);
        Learn(MemberOf(1, 1));
        Assert.True(_book.IsSuperseded);
    }

    private PeerState State(byte number)
    {
        _book.Tick();
        return _book.Roll.Find(number)!.State;
    }

    private IEnumerable<int> Weighed()
    {
        _book.Tick();
        Assert.Equal(1, _book.Roll.Weights.Sum(weight => weight.Value), 12);
        return _book.Roll.Weights.Select(weight => (int)weight.Key);
    }

    private void Learn(params ImmutableArray<Member> members)
    {
        _book.Learn(members);
        _book.Tick();
    }

    private void Pass(long ms)
    {
        for (long left = ms; left > 0; left -= PeerRules.BatchMs)
        {
            _time.Advance(TimeSpan.FromMilliseconds(Math.Min(left, PeerRules.BatchMs)));
            _book.Tick();
        }
    }

    private static Member MemberOf(byte number, long start) => new(number, start, new MemberDraft($"r{number}", "http://localhost:1", "", "1"), TimeSpan.Zero, HasLeft: false);
}
