using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Control;

/// <summary>Players' failure reports take a node out, within bounds.</summary>
public sealed class EjectionTests
{
    private Replica _replica = new(sites: 5, nodesPerSite: 2);

    [Fact]
    public void Five_sessions_that_failed_eject_a_node_for_thirty_seconds()
    {
        _replica.Run(3);
        string node = FailOver(viewers: 5);
        _replica.Tick();
        Assert.Equal(Eligibility.Ejected, _replica.Standing(node));
        Assert.Equal(1, _replica.Control.Ejections);
        _replica.Run(29);
        Assert.Equal(Eligibility.Ejected, _replica.Standing(node));
        _replica.Run(2);
        Assert.Equal(Eligibility.Eligible, _replica.Standing(node));
    }

    [Fact]
    public void Four_are_too_few()
    {
        _replica.Run(3);
        string node = FailOver(viewers: 4);
        _replica.Tick();
        Assert.Equal(Eligibility.Eligible, _replica.Standing(node));
    }

    [Fact]
    public void One_session_that_says_so_again_and_again_is_one()
    {
        _replica.Run(3);
        SessionClaims claims = _replica.Open();
        string node = _replica.NodeOf(claims);
        int failed = _replica.Index(node);
        for (int i = 0; i < 100; i++)
        {
            SessionClaims again = claims;
            _replica.Desk.Failover(_replica.Snapshot, ref again, failed, out _);
        }
        _replica.Tick();
        Assert.Equal(Eligibility.Eligible, _replica.Standing(node));
    }

    [Fact]
    public void One_session_that_says_so_of_every_node_it_is_moved_to_ejects_none()
    {
        _replica.Run(3);
        MakeLight(stream: 1);
        SessionClaims claims = _replica.Open();
        for (int i = 0; i < 1_000; i++)
        {
            // Each time with its newest token, of the node that holds it: every report is true as far as anyone can tell.
            _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index(_replica.NodeOf(claims)), out _);
            if (i % 100 == 0) _replica.Tick();
        }
        _replica.Tick();
        Assert.Equal(0, _replica.Control.Ejections);
    }

    [Fact]
    public void A_session_that_fails_again_later_counts_again()
    {
        _replica.Run(3);
        MakeLight(stream: 1);
        SessionClaims claims = _replica.Open();
        ulong handle = claims.Handle;
        Assert.True(_replica.Table.TryMarkFailed(handle, _replica.Clock.NowS, 11));
        Assert.False(_replica.Table.TryMarkFailed(handle, _replica.Clock.NowS + 10, 11));
        Assert.True(_replica.Table.TryMarkFailed(handle, _replica.Clock.NowS + 11, 11));
        Assert.True(_replica.Desk.Close(in claims));
        Assert.False(_replica.Table.TryMarkFailed(handle, _replica.Clock.NowS + 60, 11));
    }

    [Fact]
    public void A_node_on_which_no_session_lives_is_not_ejected_by_those_who_name_it()
    {
        _replica.Run(3);
        for (int i = 0; i < 20; i++)
        {
            SessionClaims claims = _replica.Open();
            _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index("p04-01"), out _);
        }
        _replica.Tick();
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p04-01"));
        Assert.Equal(0, _replica.Control.Ejections);
    }

    [Fact]
    public void Few_failures_among_many_sessions_are_the_viewers_own_trouble()
    {
        _replica.Run(3);
        MakeLight(stream: 1);
        SessionClaims[] crowd = [.. Enumerable.Range(0, 110).Select(_ => _replica.Open(stream: 1))];
        string node = _replica.NodeOf(crowd[0]);
        SessionClaims[] there = [.. crowd.Where(c => _replica.NodeOf(c) == node)];
        Assert.True(there.Length > 100);
        foreach (SessionClaims claims in there.Take(5)) Fail(claims);
        _replica.Tick();
        Assert.Equal(Eligibility.Eligible, _replica.Standing(node));
    }

    [Fact]
    public void Beyond_a_fifth_of_a_region_nobody_is_believed_and_the_doubted_still_serve()
    {
        _replica = new Replica(sites: 2, nodesPerSite: 5);
        _replica.Run(3);
        var failed = new SortedSet<string>();
        for (ulong stream = 0; failed.Count < 3; stream++) failed.Add(FailOver(viewers: 6, stream));
        _replica.Tick();
        var doubted = _replica.Snapshot.Fleet.Nodes.OfType<IndexedNode>().Where(n => _replica.Snapshot.Node(n.Index).Doubted).Select(n => n.Node.Id);
        Assert.Equal(failed, doubted.Order());
        Assert.All(failed, node => Assert.Equal(Eligibility.Eligible, _replica.Standing(node)));
        Assert.Equal(1, _replica.Control.PanickedRegions);
        var outcomes = Enumerable.Range(0, 40).Select(stream => _replica.Look((ulong)stream).Outcome).ToHashSet();
        Assert.Equal([DispatchOutcome.Placed, DispatchOutcome.Panic], outcomes.Order());
    }

    /// <summary>Viewers of one stream, on one node, all say that it failed them.</summary>
    private string FailOver(int viewers, ulong stream = 1)
    {
        MakeLight(stream);
        SessionClaims[] claims = [.. Enumerable.Range(0, viewers).Select(_ => _replica.Open(stream))];
        string node = _replica.NodeOf(claims[0]);
        foreach (SessionClaims one in claims)
        {
            Assert.Equal(node, _replica.NodeOf(one));
            Fail(one);
        }
        return node;
    }

    /// <summary>Makes a stream so light that its viewers meet on one node.</summary>
    private void MakeLight(ulong stream) =>
        _replica.Snapshot.Streams.Measure(new StreamLoad(stream, 100, 1_000), 0, StreamTable.EpochOf(_replica.Clock.NowS));

    private void Fail(SessionClaims claims) =>
        Assert.Equal(BeatAction.Move, _replica.Desk.Failover(_replica.Snapshot, ref claims, _replica.Index(_replica.NodeOf(claims)), out _));
}
