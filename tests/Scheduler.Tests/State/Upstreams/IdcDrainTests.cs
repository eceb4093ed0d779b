using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Drains;
using Scheduler.State.Sessions;
using Scheduler.State.Upstreams;

namespace Scheduler.Tests.State.Upstreams;

/// <summary>The drain of an IDC moves its publishers and the pulls from it.</summary>
public sealed class IdcDrainTests
{
    private readonly Platform _platform = new();

    private ulong Live => _platform.Live;

    private DrainProgress Progress => Assert.Single(_platform.Replica.Control.Drains.Progress);

    [Fact]
    public void A_publisher_moves_make_before_break_and_the_stream_never_loses_its_home()
    {
        SessionClaims claims = _platform.Publish(Live);
        string first = _platform.Replica.NodeOf(claims);
        _platform.Arrives(first, Live);
        _platform.Run(3);
        _platform.Replica.Drain("ams");
        _platform.Run(2);
        Assert.Equal(1, Progress.PublishersLeft);
        Assert.Equal(DrainPhase.Migrating, Progress.Phase);
        Assert.Equal(BeatAction.Move, _platform.Replica.Desk.Beat(_platform.Replica.Snapshot, ref claims, out Decision decision));
        string second = _platform.Id(decision[0].Node);
        Assert.False(second.StartsWith("ams", StringComparison.Ordinal));
        Assert.Equal(first, _platform.HomeOf(Live));
        _platform.Arrives(second, Live); // the new entry arrives while the old one still does
        _platform.Run(2);
        Assert.Equal(second, _platform.HomeOf(Live));
        _platform.Unnamed(first, Live);
        _platform.Run(4);
        Assert.Equal(second, _platform.HomeOf(Live));
        Assert.Equal(BeatAction.Stay, _platform.Replica.Desk.Beat(_platform.Replica.Snapshot, ref claims, out _));
        _platform.Run(2);
        Assert.Equal((0, 0L, DrainPhase.Drained), (Progress.PublishersLeft, Progress.SessionsLeft, Progress.Phase));
    }

    [Fact]
    public void A_target_from_which_others_still_pull_is_not_drained()
    {
        _platform.Pulls("lon1-01", "ams", 5_000, 2);
        _platform.Run(2);
        _platform.Replica.Drain("ams");
        _platform.Run(3);
        Assert.Equal((2, DrainPhase.Migrating), (Progress.PullsLeft, Progress.Phase));
        _platform.Pulls("lon1-01", "ams", 0, 0);
        _platform.Run(3);
        Assert.Equal((0, DrainPhase.Drained), (Progress.PullsLeft, Progress.Phase));
    }

    [Fact]
    public void Pulls_leave_in_steps_the_hottest_first_and_their_new_parents_are_told_before()
    {
        ulong[] streams = [.. Enumerable.Range(1, 40).Select(i => (ulong)i)];
        foreach (ulong stream in streams) _platform.Arrives("iad-01", stream, kbps: 1_000 * (long)stream);
        _platform.Run(3);
        string[] edges = ["lon1-01", "par1-01"];
        string drained = _platform.Ask("lon1-01", streams[^1])![..3];
        var atDrained = streams.Where(stream => edges.All(edge => _platform.Ask(edge, stream)!.StartsWith(drained, StringComparison.Ordinal))).ToHashSet();
        Assert.True(atDrained.Count > 8);
        _platform.Replica.Drain(drained);
        var left = new List<ulong>();
        var warmed = new HashSet<(string Node, ulong Stream)>();
        int mostAtOnce = 0;
        for (int second = 0; second < 80; second++)
        {
            foreach (IndexedNode node in _platform.Replica.Snapshot.Fleet.Nodes.OfType<IndexedNode>())
                foreach (ulong stream in _platform.Loop.Desk.WarmUpsOf(node.Index)) warmed.Add((node.Node.Id, stream));
            int before = left.Count;
            foreach (string edge in edges)
            {
                foreach (ParentAnswer change in _platform.Loop.Desk.Changes(_platform.Replica.Index(edge)))
                {
                    string parent = _platform.Id(change.Parents[0].Node);
                    Assert.False(parent.StartsWith(drained, StringComparison.Ordinal));
                    if (!atDrained.Contains(change.Stream)) continue;
                    Assert.Contains((parent, change.Stream), warmed);
                    if (edge == edges[0]) left.Add(change.Stream);
                }
            }
            mostAtOnce = Math.Max(mostAtOnce, left.Count - before);
            _platform.Run(1);
        }
        Assert.Equal(atDrained.Order(), left.Order());
        Assert.InRange(mostAtOnce, 1, atDrained.Count / 2);
        Assert.Equal(atDrained.Max(), left[0]);
    }

    [Fact]
    public void While_its_publisher_has_not_moved_a_stream_can_be_had_from_the_drained_home()
    {
        _platform.Arrives("iad-01", Live);
        _platform.Run(2);
        _platform.Replica.Drain("iad");
        _platform.Run(70);
        Assert.Equal("iad-01", _platform.HomeOf(Live));
        string relay = _platform.Ask("lon1-01", Live)!;
        Assert.False(relay.StartsWith("iad", StringComparison.Ordinal));
        Assert.Equal("iad-01", _platform.Ask(relay, Live));
    }

    [Fact]
    public void An_undone_drain_leaves_pulls_where_they_are()
    {
        _platform.Arrives("iad-01", Live);
        _platform.Run(2);
        string parent = _platform.Ask("lon1-01", Live)!;
        _platform.Replica.Drain(parent[..3]);
        _platform.Run(2);
        _platform.Replica.Configure(drains: []);
        _platform.Run(80);
        Assert.Equal(parent, _platform.Ask("lon1-01", Live));
        Assert.Equal(0, _platform.Loop.Desk.Reparented);
    }
}
