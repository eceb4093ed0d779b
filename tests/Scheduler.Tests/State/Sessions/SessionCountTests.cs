using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Sessions;

/// <summary>However sessions come, beat, move, fail over, end and expire: what a node is said to carry is what lives there.</summary>
public sealed class SessionCountTests
{
    [Fact]
    public void Counts_per_node_equal_the_live_sessions() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed => Difference(new Random(seed)) is { } found ? false.Label(found) : true.ToProperty())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static string? Difference(Random random)
    {
        var replica = new Replica(sites: 3, nodesPerSite: 2);
        replica.Run(3);
        var live = new Dictionary<ulong, SessionClaims>(); // by identity: the newest token of each
        for (int step = 0; step < 400; step++)
        {
            Step(replica, live, random);
            if (Compare(replica, live) is { } found) return $"after step {step}: {found}";
        }
        return null;
    }

    private static void Step(Replica replica, Dictionary<ulong, SessionClaims> live, Random random)
    {
        SessionClaims? any = live.Count == 0 ? null : live.Values.ElementAt(random.Next(live.Count));
        switch (random.Next(10))
        {
            case < 4:
                SessionClaims? previous = random.Next(4) == 0 ? any : null;
                if (!replica.TryOpen(out SessionClaims opened, out _, (ulong)random.Next(5), random.Next(1, 9_000_000), previous)) break;
                if (previous is { } followed) live.Remove(followed.Session);
                live[opened.Session] = opened;
                break;
            case < 6 when any is { } beating:
                Keep(replica, live, any.Value, Beat(replica, ref beating), in beating);
                break;
            case 6 when any is { } failing:
                int failed = replica.Index($"p0{random.Next(3)}-0{random.Next(2)}");
                Keep(replica, live, any.Value, replica.Desk.Failover(replica.Snapshot, ref failing, failed, out _), in failing);
                break;
            case 7 when any is { } closing:
                Assert.True(replica.Desk.Close(in closing) || closing.ExpiresAtUnixS <= replica.Clock.UnixS, "a live session could not be closed");
                live.Remove(closing.Session);
                break;
            case 8:
                if (random.Next(2) == 0) replica.Drain($"p0{random.Next(3)}");
                else replica.Configure(drains: []);
                break;
            case 9:
                replica.Run(random.Next(1, 20));
                foreach (SessionClaims gone in live.Values.Where(c => c.ExpiresAtUnixS <= replica.Clock.UnixS - 2).ToArray()) live.Remove(gone.Session);
                break;
        }
    }

    /// <summary>Beats, and where that asks to move beats again from there: until then the old node holds the session.</summary>
    private static BeatAction Beat(Replica replica, ref SessionClaims claims)
    {
        BeatAction action = replica.Desk.Beat(replica.Snapshot, ref claims, out _);
        return action == BeatAction.Move ? replica.Desk.Beat(replica.Snapshot, ref claims, out _) : action;
    }

    private static void Keep(Replica replica, Dictionary<ulong, SessionClaims> live, SessionClaims before, BeatAction action, in SessionClaims after)
    {
        if (action != BeatAction.Ended)
        {
            live[after.Session] = after;
            return;
        }
        Assert.True(before.ExpiresAtUnixS <= replica.Clock.UnixS, "a live session was said to have ended");
        live.Remove(before.Session);
    }

    private static string? Compare(Replica replica, Dictionary<ulong, SessionClaims> live)
    {
        // A session is ended up to two seconds after its deadline; until then either is right.
        SessionClaims[] sure = [.. live.Values.Where(c => c.ExpiresAtUnixS > replica.Clock.UnixS)];
        SessionClaims[] possible = [.. live.Values];
        foreach (IndexedNode node in replica.Snapshot.Fleet.Nodes.OfType<IndexedNode>())
        {
            NodeSessions counted = replica.Table.Node(node.Index);
            (int least, int most) = (sure.Count(c => c.Node == node.Number), possible.Count(c => c.Node == node.Number));
            (long leastKbps, long mostKbps) = (sure.Where(c => c.Node == node.Number).Sum(c => (long)c.BitRateKbps), possible.Where(c => c.Node == node.Number).Sum(c => (long)c.BitRateKbps));
            if (counted.Count < least || counted.Count > most || counted.Kbps < leastKbps || counted.Kbps > mostKbps)
                return $"{node.Node.Id} counts {counted.Count} sessions of {counted.Kbps} kbit/s; {least}..{most} of {leastKbps}..{mostKbps} live there";
        }
        return null;
    }
}
