using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;

namespace Scheduler.Tests.State.Sessions;

public sealed class SessionDeskTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    public SessionDeskTests() => _replica.Run(3);

    [Fact]
    public void A_session_lives_where_its_token_says()
    {
        SessionClaims claims = _replica.Open();
        Assert.Equal(1, _replica.Table.Node(_replica.Index(_replica.NodeOf(claims))).Count);
        Assert.Equal(3_000, _replica.Table.Node(_replica.Index(_replica.NodeOf(claims))).Kbps);
        Assert.Equal(2, claims.Cell);
        Assert.Equal(_replica.Clock.UnixS + 75, claims.ExpiresAtUnixS);
    }

    [Fact]
    public void No_two_sessions_share_an_identity()
    {
        ulong[] identities = [.. Enumerable.Range(0, 300).Select(i => _replica.Open((ulong)i, bitrateBps: 1).Session)];
        Assert.Equal(identities.Length, identities.Distinct().Count());
    }

    [Fact]
    public void A_session_is_closed_once()
    {
        SessionClaims claims = _replica.Open();
        Assert.True(_replica.Desk.Close(in claims));
        Assert.False(_replica.Desk.Close(in claims));
        Assert.Equal(0, _replica.Table.Count);
        Assert.Equal(BeatAction.Ended, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
    }

    [Fact]
    public void A_beat_of_a_session_on_a_drained_site_asks_it_to_move_and_the_next_one_moves_it()
    {
        SessionClaims claims = _replica.Open();
        Assert.StartsWith("p00", _replica.NodeOf(claims));
        _replica.Drain("p00");
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref claims, out Decision decision));
        Assert.Equal(_replica.NodeOf(decision[0]), _replica.NodeOf(claims));
        Assert.False(_replica.NodeOf(claims).StartsWith("p00", StringComparison.Ordinal));
        Assert.Equal(0, _replica.Table.Node(decision[0].Node).Count);
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(1, _replica.Table.Node(decision[0].Node).Count);
        Assert.Equal(1, _replica.Table.Count);
    }

    [Fact]
    public void With_nowhere_to_go_a_session_stays()
    {
        SessionClaims claims = _replica.Open();
        string node = _replica.NodeOf(claims);
        foreach (IndexedNode other in _replica.Snapshot.Fleet.Nodes.OfType<IndexedNode>()) _replica.Report(other.Node.Id, World.NodeKbps);
        _replica.Tick();
        _replica.Drain("p00");
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(node, _replica.NodeOf(claims));
    }

    [Fact]
    public void A_session_whose_node_left_the_fleet_moves()
    {
        SessionClaims claims = _replica.Open();
        string node = _replica.NodeOf(claims);
        Fleet fleet = _replica.Configuration.Fleet;
        _replica.Configure(fleet with { Nodes = [.. fleet.Nodes.Where(n => n.Id != node)] });
        Assert.Equal(BeatAction.Move, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.NotEqual(node, _replica.NodeOf(claims));
    }

    [Fact]
    public void A_failover_goes_elsewhere_and_said_twice_it_stays_there()
    {
        SessionClaims first = _replica.Open();
        int failed = _replica.Index(_replica.NodeOf(first));
        SessionClaims claims = first;
        Assert.Equal(BeatAction.Move, _replica.Desk.Failover(_replica.Snapshot, ref claims, failed, out Decision decision));
        for (int i = 0; i < decision.Count; i++) Assert.NotEqual(failed, decision[i].Node);

        SessionClaims again = first;
        Assert.Equal(BeatAction.Stay, _replica.Desk.Failover(_replica.Snapshot, ref again, failed, out Decision same));
        Assert.Equal(decision[0].Node, same[0].Node);
        Assert.Equal(claims.Node, again.Node);
        Assert.Equal(1, _replica.Table.Count);
    }

    [Fact]
    public void A_previous_token_keeps_the_node_and_ends_the_old_session()
    {
        SessionClaims old = _replica.Open(stream: 5);
        _replica.Drain("p00");
        SessionClaims elsewhere = _replica.Open(stream: 5, previous: old);
        Assert.False(_replica.NodeOf(elsewhere).StartsWith("p00", StringComparison.Ordinal));
        _replica.Configure(drains: []);
        _replica.Run(100);
        Assert.True(_replica.TryOpen(out SessionClaims sticky, out Decision decision, stream: 5, previous: elsewhere));
        Assert.Equal(DispatchOutcome.Sticky, decision.Outcome);
        Assert.Equal(elsewhere.Node, sticky.Node);
        Assert.Equal(1, _replica.Table.Count);
    }

    [Fact]
    public void A_previous_token_of_another_stream_ends_the_old_session_and_decides_anew()
    {
        SessionClaims old = _replica.Open(stream: 5);
        Assert.True(_replica.TryOpen(out _, out Decision decision, stream: 6, previous: old));
        Assert.Equal(DispatchOutcome.Placed, decision.Outcome);
        Assert.Equal(1, _replica.Table.Count);
    }

    [Fact]
    public void A_full_table_refuses_and_leaks_no_session()
    {
        var replica = new Replica(capacity: 10);
        replica.Run(3);
        for (int i = 0; i < 10; i++) replica.Open();
        Assert.False(replica.TryOpen(out _, out _));
        Assert.Equal(10, replica.Table.Count);
    }

    [Theory]
    [InlineData(null, 3_000)]
    [InlineData(1L, 750)]
    [InlineData(2_000_000L, 2_000)]
    [InlineData(1_000_000_000_000L, 12_000)]
    public void A_hint_is_believed_within_a_factor_of_four(long? hintBps, int kbps) => Assert.Equal(kbps, _replica.Open(bitrateBps: hintBps).BitRateKbps);

    [Fact]
    public void A_stream_that_was_measured_weighs_what_was_measured()
    {
        _replica.Snapshot.Streams.Measure(new StreamLoad(9, 100, 620_000), 0, StreamTable.EpochOf(_replica.Clock.NowS));
        Assert.Equal(6_200, _replica.Open(stream: 9).BitRateKbps);
        Assert.Equal(3_000, _replica.Open(stream: 10).BitRateKbps);
    }

    [Fact]
    public void The_time_between_beats_grows_with_sessions()
    {
        var replica = new Replica(rules: SessionRules.Default with { BeatsPerS = 10, HeartbeatS = 30, LongestHeartbeatS = 50 });
        replica.Run(3);
        Assert.Equal(30, replica.Desk.HeartbeatS);
        for (int i = 0; i < 400; i++) replica.Open((ulong)i, bitrateBps: 1);
        Assert.Equal(40, replica.Desk.HeartbeatS);
        for (int i = 0; i < 400; i++) replica.Open((ulong)i, bitrateBps: 1);
        Assert.Equal(50, replica.Desk.HeartbeatS);
        Assert.Equal(replica.Clock.UnixS + 125, replica.Open(bitrateBps: 1).ExpiresAtUnixS);
    }

    [Fact]
    public void Opening_beating_and_closing_allocate_nothing() => Assert.Equal(0, Allocated.Bytes(() =>
    {
        for (int i = 0; i < 20; i++)
        {
            if (!_replica.TryOpen(out SessionClaims claims, out _, stream: 3, bitrateBps: 1)) throw new InvalidOperationException("refused");
            if (_replica.Desk.Beat(_replica.Snapshot, ref claims, out _) != BeatAction.Stay) throw new InvalidOperationException("moved");
            _replica.Desk.Close(in claims);
        }
    }));
}
