using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Tests.State.Peers;

/// <summary>Replicas that relay what they hear end up knowing the same, whatever the way does to it.</summary>
public sealed class RelayTests
{
    private static readonly string[] Nodes = ["p00-00", "p00-01", "p01-00", "p01-01"];

    [Fact]
    public void A_newer_report_takes_the_place_of_one_that_waits()
    {
        var replica = new Replica();
        var relay = new ReportRelay();
        RelayOutbox outbox = relay.Open();
        outbox.Add([Envelope(replica, "p00-00", 1), Envelope(replica, "p00-01", 1)]);
        outbox.Add([Envelope(replica, "p00-00", 2)]);
        List<ReportEnvelope> told = outbox.Take([]);
        Assert.Equal([("p00-00", 2L), ("p00-01", 1L)], told.Select(envelope => (envelope.Node.Node.Node.Id, envelope.Report.Sequence)));
        Assert.Equal(1, relay.Replaced);
        Assert.Empty(outbox.Take(told));
        relay.Close(outbox);
        relay.Close(outbox);
        Assert.Equal(1, relay.Replaced);
    }

    [Fact]
    public void Whatever_is_lost_doubled_or_overtaken_on_the_way_all_replicas_know_the_newest_word_of_each_node() =>
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            Replica[] replicas = [new(), new(), new()];
            var waiting = new List<(int To, string Node, NodeReport Report)>();
            var newest = new Dictionary<string, NodeReport>();
            for (int step = 0; step < 60; step++)
            {
                string node = Nodes[random.Next(Nodes.Length)];
                NodeReport last = newest.GetValueOrDefault(node, ReportOf(1, 0, 0));
                NodeReport report = random.Next(10) == 0 ? ReportOf(last.Incarnation + 1, 1, random.Next(1_000)) : ReportOf(last.Incarnation, last.Sequence + 1, random.Next(1_000));
                newest[node] = report;
                int heard = random.Next(replicas.Length);
                Hear(replicas[heard], node, report, waiting, heard);
                while (waiting.Count > 0 && random.Next(3) > 0) Deliver(replicas, waiting, random);
            }
            // At last a word of each node comes through.
            foreach (string node in Nodes)
            {
                if (!newest.TryGetValue(node, out NodeReport last)) continue;
                NodeReport final = last with { Sequence = last.Sequence + 1 };
                newest[node] = final;
                for (int to = 0; to < replicas.Length; to++) waiting.Add((to, node, final));
            }
            while (waiting.Count > 0) Deliver(replicas, waiting, random, loses: false);
            return replicas.All(replica => newest.All(pair =>
                (replica.Node(pair.Key).Report.Incarnation, replica.Node(pair.Key).Report.Sequence, replica.Node(pair.Key).Report.EgressKbps)
                    == (pair.Value.Incarnation, pair.Value.Sequence, pair.Value.EgressKbps)));
        }).QuickCheckThrowOnFailure();

    private static void Hear(Replica replica, string node, NodeReport report, List<(int To, string Node, NodeReport Report)> waiting, int self)
    {
        if (Apply(replica, node, report) != ReportVerdict.Applied) return;
        for (int to = 0; to < 3; to++)
            if (to != self) waiting.Add((to, node, report));
    }

    private static void Deliver(Replica[] replicas, List<(int To, string Node, NodeReport Report)> waiting, Random random, bool loses = true)
    {
        int which = random.Next(waiting.Count);
        (int to, string node, NodeReport report) = waiting[which];
        bool isDoubled = loses && random.Next(10) == 0, isLost = loses && random.Next(10) == 0;
        if (!isDoubled) waiting.RemoveAt(which);
        if (!isLost) Apply(replicas[to], node, report);
    }

    private static ReportVerdict Apply(Replica replica, string node, NodeReport report) =>
        replica.Control.SiteAt(replica.Node(node).Node.SiteIndex)!.Apply(replica.Node(node), in report, replica.Clock.NowMs, replica.Clock.UnixMs);

    private static ReportEnvelope Envelope(Replica replica, string node, long sequence) =>
        new(replica.Site("p00"), replica.Node(node), ReportOf(1, sequence, 0), replica.Clock.NowMs, replica.Clock.UnixMs);

    private static NodeReport ReportOf(long incarnation, long sequence, long egress) =>
        new(incarnation, sequence, null, 1_000_000, egress, 0, NodeState.Serving, null, [], [], []);
}
