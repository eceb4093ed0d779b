using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Sessions;
using Scheduler.State.Drains;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Drains;

/// <summary>How sessions leave a drained site: by their beats, at a pace, make before break, once each.</summary>
public sealed class MigrationTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);
    private readonly List<SessionClaims> _sessions = [];
    private readonly Dictionary<ulong, int> _moves = [];

    public MigrationTests() => _replica.Run(30);

    [Fact]
    public void Sessions_leave_at_two_per_cent_of_the_site_in_five_seconds()
    {
        Fill(sessions: 200); // 600 Mbit/s of 2 Gbit/s: 40 Mbit/s may go in five seconds
        _replica.Drain("p00");
        BeatFor(seconds: 10);
        Assert.InRange(_moves.Count, 25, 29);
        Assert.Equal(DrainPhase.Migrating, Progress.Phase);
        BeatFor(seconds: 70);
        Assert.Equal((DrainPhase.Drained, 0L, 200L), (Progress.Phase, Progress.SessionsLeft, Progress.Moved));
        Assert.All(_moves.Values, moves => Assert.Equal(1, moves));
    }

    [Fact]
    public void A_deadline_hurries_them_and_the_receivers_pace_holds_all_the_same()
    {
        Fill(sessions: 200);
        _replica.Configure(drains: [_replica.DrainOf("p00") with { Deadline = _replica.Clock.UtcNow.AddSeconds(20) }]);
        BeatFor(seconds: 22);
        Assert.Equal(0, Progress.SessionsLeft);
    }

    [Fact]
    public void Who_never_got_the_answer_is_held_where_he_is_and_asked_again()
    {
        Fill(sessions: 1);
        SessionClaims old = _sessions[0];
        _replica.Drain("p00");
        SessionClaims lost = old;
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref lost, out _));
        Assert.Equal(1, Progress.SessionsLeft);
        _replica.Run(5);
        SessionClaims again = old;
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref again, out _));
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref again, out _));
        Assert.Equal(0, _replica.Table.Node(_replica.Index("p00-00")).Count + _replica.Table.Node(_replica.Index("p00-01")).Count);
    }

    [Fact]
    public void Who_has_gone_stays_gone_when_the_drain_is_undone_and_who_has_not_stays()
    {
        Fill(sessions: 100);
        _replica.Drain("p00");
        BeatFor(seconds: 6);
        int gone = _moves.Count;
        Assert.InRange(gone, 10, 90);
        _replica.Configure(drains: []);
        BeatFor(seconds: 10);
        Assert.Equal(gone, _moves.Count);
        Assert.Equal(100 - gone, _sessions.Count(claims => _replica.NodeOf(claims).StartsWith("p00", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_receiver_that_gets_too_full_pauses_the_drain_and_frees_it_again()
    {
        Fill(sessions: 200);
        _replica.Drain("p00");
        BeatFor(seconds: 3);
        Others(0.93);
        BeatFor(seconds: 3, others: 0.93);
        Assert.Equal((DrainPhase.Paused, DrainPause.ReceiverFull, "p01"), (Progress.Phase, Progress.Paused!.Value, Progress.PausedBy));
        int moved = _moves.Count;
        BeatFor(seconds: 10, others: 0.88);
        Assert.Equal((DrainPhase.Paused, moved), (Progress.Phase, _moves.Count));
        BeatFor(seconds: 10, others: 0.5);
        Assert.Equal(DrainPhase.Migrating, Progress.Phase);
        Assert.True(_moves.Count > moved);
    }

    [Fact]
    public void A_receiver_that_gets_too_full_waits_while_the_others_go_on()
    {
        Fill(sessions: 200);
        _replica.Drain("p00");
        BeatFor(seconds: 3);
        for (int second = 0; second < 60; second++)
        {
            foreach (string node in (string[])["p01-00", "p01-01"]) _replica.Report(node, (long)((second < 40 ? 0.95 : 0.5) * World.NodeKbps));
            BeatAll();
            _replica.Run(1, node => !node.StartsWith("p01", StringComparison.Ordinal));
            if (second == 39) Assert.True(At("p02") > 50 && At("p01") < 30, $"{At("p01")} went to the site that was full, {At("p02")} to the one with room");
            if (second is < 5 or >= 40) continue;
            WaitingReceiver waiting = Assert.Single(Progress.Waiting);
            Assert.Equal(("p01", DrainPause.ReceiverFull), (waiting.Site, waiting.Cause));
            Assert.Equal((null, 2), (Progress.Paused, Progress.Receivers));
        }
        Assert.Empty(Progress.Waiting);
    }

    [Fact]
    public void The_policy_says_how_full_a_receiver_may_be()
    {
        Fill(sessions: 200);
        _replica.Configure(policy: Policy.Empty with { Weights = PolicyWeights.None with { Values = PolicyWeights.None.Values.Add("receiver_full", 0.6).Add("receiver_well", 0.5) } });
        Others(0.7);
        _replica.Drain("p00");
        BeatFor(seconds: 8, others: 0.7);
        Assert.Equal((DrainPhase.Paused, 0), (Progress.Phase, _moves.Count));
        Assert.Equal(0.6, Progress.Bounds.MostUtilisation);
    }

    [Fact]
    public void Who_finds_the_best_receiver_waiting_is_sent_a_little_further_at_first_and_further_with_time()
    {
        Assert.Equal(10, MigrationPacer.DetourMs(0));
        Assert.Equal(70, MigrationPacer.DetourMs(120_000));
    }

    [Fact]
    public void Failing_players_at_a_receiver_pause_the_drain()
    {
        Fill(sessions: 200);
        _replica.Drain("p00");
        BeatFor(seconds: 12);
        foreach (SessionClaims claims in _sessions.Where(c => _replica.NodeOf(c).StartsWith("p01", StringComparison.Ordinal)).Take(6).ToArray())
        {
            SessionClaims failing = claims;
            _replica.Desk.Failover(_replica.Snapshot, ref failing, _replica.Index(_replica.NodeOf(failing)), out _);
        }
        _replica.Run(1.5);
        Assert.Equal((DrainPhase.Paused, DrainPause.ReceiverFails, "p01"), (Progress.Phase, Progress.Paused!.Value, Progress.PausedBy));
        _replica.Run(30);
        Assert.Equal(DrainPhase.Migrating, Progress.Phase);
    }

    [Fact]
    public void Migration_fills_no_receiver_over_nine_tenths_and_says_that_there_is_no_room()
    {
        Fill(sessions: 200);
        Others(0.8999);
        _replica.Drain("p00");
        BeatFor(seconds: 20, others: 0.8999);
        Assert.Equal((DrainPhase.Paused, DrainPause.NoRoom, 0), (Progress.Phase, Progress.Paused!.Value, _moves.Count));
        Assert.True(_replica.Control.Drains.Gate.Count(MigrationVerdict.NoRoom) > 0);
        BeatFor(seconds: 10, others: 0.5);
        Assert.Equal(DrainPhase.Migrating, Progress.Phase);
    }

    [Fact]
    public void Nobody_is_asked_to_move_while_most_sites_are_silent()
    {
        Fill(sessions: 50);
        _replica.RunSilent(8);
        Assert.True(_replica.Control.Frozen);
        _replica.Drain("p00");
        for (int i = 0; i < 20; i++)
        {
            _replica.RunSilent(0.5);
            BeatAll();
        }
        Assert.Empty(_moves);
    }

    [Fact]
    public void Who_has_just_moved_is_left_alone_for_two_minutes()
    {
        Fill(sessions: 1);
        _replica.Drain("p00");
        BeatFor(seconds: 2);
        Assert.Single(_moves);
        _replica.Configure(drains: [_replica.DrainOf("p00"), _replica.DrainOf("p01", "d-2")]);
        BeatFor(seconds: MigrationPacer.RestS - 10);
        Assert.Equal(1, _moves.Values.Single());
        BeatFor(seconds: 20);
        Assert.Equal(2, _moves.Values.Single());
    }

    [Fact]
    public void A_beat_on_a_drained_node_allocates_nothing_whatever_it_is_told()
    {
        Fill(sessions: 40);
        _replica.Drain("p00");
        int next = 0;
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            SessionClaims claims = _sessions[next++ % _sessions.Count];
            _replica.Desk.Beat(_replica.Snapshot, ref claims, out _);
        }));
    }

    private DrainProgress Progress => _replica.Control.Drains.Progress[0];

    private int At(string site) => _sessions.Count(claims => _replica.NodeOf(claims).StartsWith(site, StringComparison.Ordinal));

    private void Fill(int sessions)
    {
        for (int i = 0; i < sessions; i++)
        {
            SessionClaims claims = _replica.Open((ulong)(i % 20));
            Assert.StartsWith("p00", _replica.NodeOf(claims));
            _sessions.Add(claims);
        }
        _replica.Run(1);
    }

    /// <summary>Everybody beats twice a second, which no player does: what holds then holds.</summary>
    private void BeatFor(double seconds, double? others = null)
    {
        for (double at = 0; at < seconds; at += 0.5)
        {
            BeatAll();
            _replica.Run(0.5, others is null ? null : node => node.StartsWith("p00", StringComparison.Ordinal));
            if (others is { } load) Others(load);
            foreach (string site in (string[])["p01", "p02"])
                if (others is null) Assert.True(Utilisation(site) <= ReceiverBounds.Default.MostUtilisation, $"{site} at {Utilisation(site)}");
        }
    }

    private void BeatAll()
    {
        for (int i = 0; i < _sessions.Count; i++)
        {
            SessionClaims claims = _sessions[i];
            if (_replica.Desk.Beat(_replica.Snapshot, ref claims, out Decision decision) == BeatAction.Move)
            {
                _moves[claims.Session] = _moves.GetValueOrDefault(claims.Session) + 1;
                Assert.False(_replica.NodeOf(decision[0]).StartsWith("p00", StringComparison.Ordinal));
            }
            _sessions[i] = claims;
        }
    }

    private void Others(double utilisation)
    {
        foreach (string node in (string[])["p01-00", "p01-01", "p02-00", "p02-01"]) _replica.Report(node, (long)(utilisation * World.NodeKbps));
        _replica.Tick();
    }

    private double Utilisation(string site) => (double)_replica.Snapshot.Load.SiteLoadKbps(_replica.Site(site).Index) / _replica.Snapshot.Load.SiteCapacityKbps(_replica.Site(site).Index);
}
