using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Sites;

/// <summary>
/// The promise of escrow, against a model of the node: whatever happens to reports, what was admitted never draws more than the node's capacity.
/// </summary>
public sealed class EscrowModelTests
{
    private const string Node = "p00-00";

    /// <summary>A node without a clock, or with a wrong one, and letters that take up to 5 s.</summary>
    [Fact]
    public void Admitted_sessions_never_draw_more_than_the_capacity_whatever_clock_the_node_has() =>
        ForAllSeeds(seed => Overload(seed, longestMs: 5_000, clock: ClockOf(seed)));

    /// <summary>A node whose clock is right lets letters be older.</summary>
    [Fact]
    public void Admitted_sessions_never_draw_more_than_the_capacity_though_letters_take_nine_seconds() =>
        ForAllSeeds(seed => Overload(seed, longestMs: 9_000, clock: random => 0));

    private static void ForAllSeeds(Func<int, string?> overload) =>
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed => overload(seed) is not { } story ? true.ToProperty() : false.Label(story))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static Func<Random, long?> ClockOf(int seed) => (seed & 3) switch
    {
        0 => _ => null,                                  // says no time
        1 => _ => 3_600_000,                             // an hour ahead
        2 => _ => -30_000,                               // half a minute behind
        _ => random => random.Next(-20_000, 20_000),     // any time
    };

    /// <summary>Plays two minutes; tells of the first moment at which the node drew more than it can, null when there was none.</summary>
    private static string? Overload(int seed, int longestMs, Func<Random, long?> clock)
    {
        var random = new Random(seed);
        var replica = new Replica(sites: 1, nodesPerSite: 1);
        var node = new ModelNode();
        var post = new List<ModelNode.Letter>();
        replica.Report(Node, incarnation: 0);
        replica.Tick();
        int greed = random.Next(2, 40);
        long nextReport = 0, admitted = 0;
        while (replica.Clock.NowMs < 120_000)
        {
            replica.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 200)));
            long now = replica.Clock.NowMs;
            if (now >= nextReport)
            {
                nextReport = now + 1_000;
                ModelNode.Letter letter = node.Measure(now, replica.Clock.UnixMs + clock(random), now + random.Next(1 + random.Next(longestMs)));
                if (random.Next(6) > 0) post.Add(letter);
                if (random.Next(6) == 0) post.Add(letter with { ArrivesMs = now + random.Next(longestMs) });
            }
            foreach (ModelNode.Letter letter in post.Where(l => l.ArrivesMs <= now).OrderBy(_ => random.Next()).ToArray())
            {
                post.Remove(letter);
                Deliver(replica, letter);
            }
            if (random.Next(2_000) == 0) node.Restart(now);
            if (random.Next(200) == 0) replica.Configure(overrides: [new NodeOverride(Node, true, random.Next(2) == 0 ? 1 : 0.5)]);
            replica.Tick();
            for (int i = random.Next(greed); i > 0; i--)
            {
                long kbps = random.Next(1_000, 40_000);
                if (!replica.Snapshot.Load.TryTake(replica.Index(Node), 0, kbps)) continue;
                admitted += kbps;
                node.Assign(kbps, now + random.Next(5_000), now + random.Next(2_000, 120_000));
            }
            if (node.DrawsKbps(now) > World.NodeKbps) return $"drew {node.DrawsKbps(now)} kbit/s at {now} ms";
        }
        return admitted > World.NodeKbps / 2 ? null : $"hardly anything was admitted: {admitted} kbit/s";
    }

    private static void Deliver(Replica replica, ModelNode.Letter letter)
    {
        var report = new NodeReport(
            letter.Incarnation, letter.Sequence, letter.AtUnixMs, World.NodeKbps, letter.EgressKbps, 0, NodeState.Serving, null, [], [], []);
        replica.Site("p00").Apply(replica.Node(Node), in report, replica.Clock.NowMs, replica.Clock.UnixMs);
    }
}
