using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Sessions;

public sealed class SteeredSessionTests
{
    private readonly Replica _replica = new(sites: 3, nodesPerSite: 2);

    public SteeredSessionTests() => _replica.Run(3);

    [Fact]
    public void A_session_lives_for_two_and_a_half_times_the_time_it_was_given()
    {
        Assert.True(_replica.Desk.TryOpen(_replica.Snapshot, Order(renewalS: 10), null, out _, out SessionClaims claims));
        Assert.Equal(_replica.Clock.UnixS + 25, claims.ExpiresAtUnixS);
        _replica.Run(20);
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _, renewalS: 8));
        Assert.Equal(_replica.Clock.UnixS + 20, claims.ExpiresAtUnixS);
        _replica.Run(19);
        Assert.Equal(1, _replica.Table.Count);
        _replica.Run(3);
        Assert.Equal(0, _replica.Table.Count);
    }

    [Fact]
    public void A_session_that_also_beats_lives_by_whichever_is_later()
    {
        Assert.True(_replica.Desk.TryOpen(_replica.Snapshot, Order(renewalS: 2), null, out _, out SessionClaims claims));
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _, renewalS: 2));
        _replica.Run(60);
        Assert.Equal(1, _replica.Table.Count);
    }

    [Fact]
    public void Beside_a_node_others_are_named_and_nothing_is_held()
    {
        SessionClaims claims = _replica.Open();
        int held = _replica.Index(_replica.NodeOf(claims));
        long room = _replica.Room("p00-00") + _replica.Room("p00-01") + _replica.Room("p01-00") + _replica.Room("p01-01");
        _replica.Desk.LookBeside(_replica.Snapshot, in claims, held, 2, out Decision others);
        Assert.Equal(2, others.Count);
        Assert.DoesNotContain(held, Enumerable.Range(0, others.Count).Select(i => others[i].Node));
        Assert.Equal(2, Enumerable.Range(0, others.Count).Select(i => others[i].Site).Distinct().Count());
        Assert.Equal(room, _replica.Room("p00-00") + _replica.Room("p00-01") + _replica.Room("p01-00") + _replica.Room("p01-01"));
    }

    [Fact]
    public void Who_is_sent_takes_room_until_there_is_none_and_no_session()
    {
        int sent = 0;
        while (_replica.Desk.Send(_replica.Snapshot, Order(renewalS: null), out Decision decision) == DispatchOutcome.Placed)
        {
            sent++;
            Assert.False(decision.Refused);
            Assert.True(sent < 100_000);
        }
        Assert.Equal((int)(6 * World.NodeKbps * 0.99 / 3_000), sent, 6.0);
        Assert.Equal(0, _replica.Table.Count);
    }

    private static SessionOrder Order(int? renewalS) => new() { Cell = Replica.London, Row = Replica.London, Stream = 1, Want = 3, RenewalS = renewalS };
}
