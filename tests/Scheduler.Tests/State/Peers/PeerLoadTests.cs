using FsCheck;
using FsCheck.Fluent;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Tests.State.Peers;

/// <summary>What a replica takes the load of a node to be, by what peers tell and by what they do not.</summary>
public sealed class PeerLoadTests
{
    private const string Node = "p00-00";
    private static readonly ReplicaStart Peer = new(2, 1);
    private readonly Replica _replica = new();

    [Fact]
    public void What_a_peer_assigns_is_load_until_a_report_shows_it()
    {
        _replica.Report(Node, egress: 1_000);
        Tell(500, isFirst: false);
        Assert.Equal(1_500, _replica.Load(Node));
        _replica.Run(1, _ => false);
        Tell(800, isFirst: false);
        Assert.Equal(1_800, _replica.Load(Node));
        _replica.Tick();
        Assert.Equal(1_800, _replica.Snapshot.Load.SiteLoadKbps(_replica.Site("p00").Index));
        _replica.Run(2, _ => false);
        _replica.Report(Node, egress: 1_700);
        Assert.Equal(1_700, _replica.Load(Node));
    }

    [Fact]
    public void What_a_report_cannot_have_seen_yet_comes_on_top_of_it()
    {
        _replica.Report(Node, egress: 1_000);
        _replica.Run(3, _ => false);
        Tell(500, isFirst: false);
        _replica.Tick();
        _replica.Report(Node, egress: 1_000, atOffsetMs: -2_000);
        Assert.Equal(1_500, _replica.Load(Node));
    }

    [Fact]
    public void What_a_peer_assigned_before_we_listened_is_in_reports_by_now()
    {
        _replica.Report(Node, egress: 1_000);
        Tell(1_000_000, isFirst: true);
        Assert.Equal(1_000, _replica.Load(Node));
        Tell(1_000_200, isFirst: false);
        Assert.Equal(1_200, _replica.Load(Node));
        Tell(1_000_300, isFirst: true); // the connection was lost and is there again
        Assert.Equal(1_300, _replica.Load(Node));
    }

    [Fact]
    public void A_peer_that_starts_anew_counts_from_nothing_and_its_earlier_start_is_not_listened_to()
    {
        _replica.Report(Node, egress: 1_000);
        Tell(700, isFirst: false);
        Tell(300, isFirst: true, start: 2);
        Assert.Equal(2_000, _replica.Load(Node));
        Tell(900, isFirst: false, start: 1);
        Assert.Equal(2_000, _replica.Load(Node));
    }

    [Fact]
    public void However_a_peers_words_are_lost_doubled_and_shuffled_the_highest_counts() => Prop.ForAll(
        Gen.Choose(1, 100_000).NonEmptyListOf().ToArbitrary(),
        words =>
        {
            var replica = new Replica();
            replica.Report(Node);
            foreach (int kbps in words) Tell(replica, kbps, isFirst: false, start: 1);
            return replica.Load(Node) == words.Max();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_peer_that_falls_silent_is_taken_to_do_as_we_do_and_nothing_that_was_assigned_before_counts_again()
    {
        _replica.ReportAll();
        for (int i = 0; i < 200; i++) _replica.Open();
        _replica.Run(20);
        long reported = _replica.Load(Node);
        _replica.Control.Count(assigning: 1, silentPeers: 2);
        _replica.Tick();
        Assert.Equal(reported, _replica.Load(Node));
        Assert.Equal(2, _replica.Ledger(Node).SilentPeers);

        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index(Node), _replica.Site("p00").Index, 100));
        Assert.Equal(reported + 300, _replica.Load(Node));
        _replica.Control.Count(assigning: 1, silentPeers: 0);
        _replica.Tick();
        Assert.Equal(reported + 300, _replica.Load(Node)); // until a report tells better
        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index(Node), _replica.Site("p00").Index, 100));
        Assert.Equal(reported + 400, _replica.Load(Node));
    }

    [Fact]
    public void Nodes_that_lease_nothing_are_divided_by_all_who_may_assign()
    {
        var shared = new Replica(options: Scheduler.State.Control.ControlOptions.Default with { Rules = SiteRules.Default with { MayHavePeers = true } });
        shared.Run(11);
        long alone = shared.Room(Node);
        shared.Control.Count(assigning: 4, silentPeers: 3);
        shared.ReportAll();
        Assert.InRange(shared.Room(Node), (alone / 4) - 1, (alone / 4) + 1);
    }

    private void Tell(long kbps, bool isFirst, long start = 1) => Tell(_replica, kbps, isFirst, start);

    private static void Tell(Replica replica, long kbps, bool isFirst, long start) =>
        replica.Site("p00").Apply(replica.Node(Node), Peer with { Start = start }, kbps, isFirst, replica.Clock.NowMs);
}
