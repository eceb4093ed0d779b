using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Drains;

/// <summary>How sessions in place follow prices: for a gain that is worth it, at a pace, once, and never into a full site.</summary>
public sealed class RelocationTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);
    private readonly List<SessionClaims> _sessions = [];
    private int _moves;

    public RelocationTests() => _replica.Run(30);

    [Fact]
    public void Who_would_be_served_much_better_elsewhere_is_asked_to_go_there()
    {
        Fill(sessions: 1);
        Heat("p00", 0.95);
        SessionClaims claims = _sessions[0];
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref claims, out Decision decision));
        Assert.False(_replica.NodeOf(decision[0]).StartsWith("p00", StringComparison.Ordinal));
        Assert.Equal(0, _replica.Table.Node(decision[0].Node).Count); // he is held where he is until he has got there
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(1, _replica.Table.Node(decision[0].Node).Count);
        Assert.Equal(1, _replica.Control.Drains.Gate.Relocated);
    }

    [Fact]
    public void Nobody_moves_for_a_small_gain()
    {
        Fill(sessions: 50);
        Heat("p00", 0.7);
        Beat();
        Assert.Equal(0, _moves);
    }

    [Fact]
    public void They_leave_at_two_per_cent_of_the_site_in_five_seconds()
    {
        Fill(sessions: 200);
        for (int i = 0; i < 20; i++)
        {
            Heat("p00", 0.95);
            Beat();
            _replica.Run(0.5, node => !node.StartsWith("p00", StringComparison.Ordinal));
        }
        Assert.InRange(_moves, 20, 30); // 80 Mbit/s in ten seconds, of sessions of 3
    }

    [Fact]
    public void Nobody_is_sent_into_a_site_that_is_about_full()
    {
        Fill(sessions: 50);
        foreach (string site in (string[])["p00", "p01", "p02"]) Heat(site, site == "p00" ? 0.98 : 0.905);
        Beat();
        Assert.Equal(0, _moves);
    }

    [Fact]
    public void Who_has_just_moved_is_left_alone_for_two_minutes()
    {
        Fill(sessions: 1);
        Heat("p00", 0.95);
        Beat();
        Beat();
        Assert.Equal(1, _moves);
        string site = _replica.NodeOf(_sessions[0])[..3];
        _replica.Run(10);
        Heat(site, 0.97);
        Beat();
        Assert.Equal(1, _moves);
        for (int s = 0; s < MigrationPacer.RestS; s += 30)
        {
            _replica.Run(30);
            Beat();
        }
        Heat(site, 0.97);
        Beat();
        Assert.Equal(2, _moves);
    }

    [Fact]
    public void Who_does_not_go_is_not_asked_again_and_costs_no_more_room()
    {
        Fill(sessions: 1);
        Heat("p00", 0.95);
        SessionClaims lost = _sessions[0], again = _sessions[0];
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref lost, out _));
        Heat("p00", 0.95);
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref again, out _));
    }

    [Fact]
    public void A_beat_that_finds_something_better_allocates_nothing()
    {
        Fill(sessions: 40);
        Heat("p00", 0.95);
        int next = 0;
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            SessionClaims claims = _sessions[next++ % _sessions.Count];
            _replica.Desk.Beat(_replica.Snapshot, ref claims, out _);
        }));
    }

    private void Fill(int sessions)
    {
        for (int i = 0; i < sessions; i++) _sessions.Add(_replica.Open((ulong)(i % 20)));
        Assert.All(_sessions, claims => Assert.StartsWith("p00", _replica.NodeOf(claims)));
        _replica.Run(2);
    }

    private void Heat(string site, double utilisation)
    {
        foreach (string node in (string[])[site + "-00", site + "-01"]) _replica.Report(node, (long)(utilisation * World.NodeKbps));
        _replica.Tick();
    }

    private void Beat()
    {
        for (int i = 0; i < _sessions.Count; i++)
        {
            SessionClaims claims = _sessions[i];
            if (_replica.Desk.Beat(_replica.Snapshot, ref claims, out _) == BeatAction.Move) _moves++;
            _sessions[i] = claims;
        }
    }
}
