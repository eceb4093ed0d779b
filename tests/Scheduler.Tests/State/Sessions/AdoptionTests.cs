using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Sessions;

/// <summary>After a restart the tokens of the last start still beat: their sessions are taken over, each once.</summary>
public sealed class AdoptionTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);
    private readonly SessionClaims _old;

    public AdoptionTests()
    {
        _replica.Run(3);
        // As an earlier start wrote it: a handle that this start never gave.
        SessionClaims ours = _replica.Open();
        _replica.Desk.Close(in ours);
        _old = ours with { Handle = ours.Handle ^ (1UL << 60), Session = 4711 };
        Assert.False(_replica.Table.IsOurs(_old.Handle));
    }

    [Fact]
    public void Ten_thousand_beats_of_one_old_token_adopt_one_session()
    {
        int stayed = 0;
        Parallel.For(0, 10_000, beat =>
        {
            SessionClaims claims = _old;
            if (_replica.Desk.Beat(_replica.Snapshot, ref claims, out _) == BeatAction.Stay) Interlocked.Increment(ref stayed);
        });
        Assert.Equal(10_000, stayed);
        Assert.Equal(1, _replica.Table.Count);
        Assert.Equal(1, _replica.Table.Node(_replica.Index(_replica.NodeOf(_old))).Count);
    }

    [Fact]
    public void The_new_token_is_ours_and_closes_what_was_adopted()
    {
        SessionClaims claims = _old;
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.True(_replica.Table.IsOurs(claims.Handle));
        Assert.Equal(_old.Session, claims.Session);
        Assert.True(_replica.Desk.Close(in claims));
        Assert.Equal(0, _replica.Table.Count);
    }

    [Fact]
    public void The_old_token_closes_what_was_adopted()
    {
        SessionClaims claims = _old;
        _replica.Desk.Beat(_replica.Snapshot, ref claims, out _);
        Assert.True(_replica.Desk.Close(in _old));
        Assert.False(_replica.Desk.Close(in _old));
        Assert.Equal(0, _replica.Table.Count);
    }

    [Fact]
    public void A_closed_adopted_session_does_not_rise_again_with_its_old_token()
    {
        SessionClaims claims = _old;
        _replica.Desk.Beat(_replica.Snapshot, ref claims, out _);
        _replica.Desk.Close(in claims);
        SessionClaims again = _old;
        Assert.Equal(BeatAction.Ended, _replica.Desk.Beat(_replica.Snapshot, ref again, out _));
        _replica.Run(1);
        _replica.Desk.Tick();
        again = _old;
        Assert.Equal(BeatAction.Ended, _replica.Desk.Beat(_replica.Snapshot, ref again, out _));
        Assert.Equal(0, _replica.Table.Count);
    }

    [Fact]
    public void A_session_of_a_node_that_left_is_not_adopted()
    {
        SessionClaims claims = _old with { Node = 9_999 };
        Assert.Equal(BeatAction.Ended, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(0, _replica.Table.Count);
    }

    /// <summary>The scheduler was away for longer than a token holds: that its players beat in vain is no fault of theirs.</summary>
    [Fact]
    public void A_token_that_ran_out_while_nobody_was_there_to_beat_to_is_taken_over()
    {
        long startS = _replica.Clock.UnixS - _replica.Clock.NowS;
        Assert.True(_replica.Desk.RanOutUnheard(_old with { ExpiresAtUnixS = (uint)(startS - 299) }));
        Assert.True(_replica.Desk.RanOutUnheard(_old with { ExpiresAtUnixS = (uint)(startS + 1) }));
        Assert.False(_replica.Desk.RanOutUnheard(_old with { ExpiresAtUnixS = (uint)(startS - 301) }));
        Assert.False(_replica.Desk.RanOutUnheard(_replica.Open())); // of this start: it could have been heard
        _replica.Time.Advance(TimeSpan.FromSeconds(297));
        Assert.False(_replica.Desk.RanOutUnheard(_old with { ExpiresAtUnixS = (uint)(startS + 1) })); // there was time enough to beat since
    }

    [Fact]
    public void A_handle_that_another_replica_gave_is_not_ours_though_both_started_at_once()
    {
        SessionClaims ours = _replica.Open(), theirs = ours with { Replica = 2, Session = 4712 };
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref theirs, out _));
        Assert.Equal(2, _replica.Table.Count);
        Assert.NotEqual(ours.Handle, theirs.Handle);
    }

    [Fact]
    public void No_start_within_four_hours_of_another_has_its_number()
    {
        const long T = 1_790_000_000_000;
        for (long later = 250; later < 4 * 3_600_000; later += 249)
            Assert.NotEqual(SessionTable.BootAt(T), SessionTable.BootAt(T + later));
    }

    [Fact]
    public void A_full_table_says_so()
    {
        var replica = new Replica(capacity: 1);
        replica.Run(3);
        replica.Open();
        SessionClaims claims = _old;
        Assert.Equal(BeatAction.Full, replica.Desk.Beat(replica.Snapshot, ref claims, out _));
    }
}
