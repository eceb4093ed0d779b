using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.Core.Zones;

/// <summary>What names stand for, against a judge that looks at every node of the world by itself.</summary>
public sealed class SteeredSweepTests
{
    [Fact]
    public void No_node_is_named_that_is_drained_silent_barred_or_full_or_much_dearer_than_the_best()
    {
        int named = 0;
        for (int seed = 0; seed < 1_500; seed++)
        {
            var world = new RandomWorld(seed);
            RoutingSnapshot snapshot = world.Snapshot();
            for (int i = 0; i < 10; i++)
            {
                Question question = world.Ask();
                DispatchRequest request = Request(question);
                SteeredDispatcher.Decide(snapshot, in request, out Decision decision);
                Judge(snapshot, in request, decision, seed);
                named += decision.Count;
            }
        }
        Assert.True(named > 10_000, $"only {named} nodes were named");
    }

    [Fact]
    public void The_same_question_names_the_same_nodes_and_nothing_is_taken()
    {
        var world = new RandomWorld(3);
        RoutingSnapshot snapshot = world.Snapshot();
        DispatchRequest request = Request(world.Ask());
        long before = Assigned(snapshot);
        SteeredDispatcher.Decide(snapshot, in request, out Decision first);
        SteeredDispatcher.Decide(snapshot, in request, out Decision second);
        Assert.Equal(first.Count, second.Count);
        for (int i = 0; i < first.Count; i++) Assert.Equal(first[i], second[i]);
        Assert.Equal(before, Assigned(snapshot));
        Assert.Equal(world.StreamsWarmed, world.Streams.CountStreams());
    }

    [Fact]
    public void Sites_that_are_equal_share_the_blocks_of_clients_by_their_room()
    {
        var world = new World(2, 4);
        // The near site carries so much that both cost about the same.
        double least = double.MaxValue, equal = 0;
        for (double load = 0.6; load < 0.95; load += 0.002)
        {
            double gap = Gap(world, load);
            if (gap < least) (least, equal) = (gap, load);
        }
        Assert.InRange(Gap(world, equal), 0, 0.3);
        int[] counts = new int[2];
        RoutingSnapshot snapshot = world.Snapshot();
        for (uint viewer = 0; viewer < 4_000; viewer++)
        {
            ulong hash = SteeredDispatcher.ViewerOf(viewer * 7_919, 1, 1_000);
            var request = new DispatchRequest { Cell = 0, Row = 0, Stream = hash, Viewer = (uint)(hash >> 32), Kbps = 3_000, Role = NodeRoles.Edge, WarmEpoch = 10, Want = 1, LookOnly = true };
            SteeredDispatcher.Decide(snapshot, in request, out Decision decision);
            counts[decision[0].Site]++;
        }
        Assert.True(counts[0] > 200 && counts[1] > counts[0], $"{counts[0]} and {counts[1]}"); // the far site has more room
    }

    [Fact]
    public void Blocks_change_epochs_one_after_the_other()
    {
        int changed = Enumerable.Range(0, 600).Count(block => SteeredDispatcher.ViewerOf((ulong)block, 1, 1_000_000) != SteeredDispatcher.ViewerOf((ulong)block, 1, 1_000_001));
        Assert.Equal(10, changed); // a sixtieth each second
    }

    /// <summary>How far apart the scores of the two sites are when the nodes of the first carry a share of what they can.</summary>
    private static double Gap(World world, double load)
    {
        foreach (int node in world.Fleet.Sites[0]!.Nodes) world.Fill(node, (long)(World.NodeKbps * load));
        RoutingSnapshot snapshot = world.Snapshot();
        ReadOnlySpan<float> costs = snapshot.Candidates.CostsOf(0);
        return Math.Abs(costs[0] + snapshot.Load.Prices[0] - costs[1] - snapshot.Load.Prices[1]);
    }

    private static DispatchRequest Request(Question question) => new()
    {
        Cell = 0, Row = question.Row, Stream = question.Stream * 0x9E3779B97F4A7C15UL, Viewer = question.Viewer, Kbps = question.Kbps, Role = NodeRoles.Edge,
        Protocols = question.Protocols, WarmEpoch = 10, Want = question.Want, LookOnly = true,
    };

    private static void Judge(RoutingSnapshot snapshot, in DispatchRequest request, in Decision decision, int seed)
    {
        bool anyHealthy = false;
        float best = float.MaxValue;
        ReadOnlySpan<ushort> row = snapshot.Candidates.SitesOf(request.Row);
        ReadOnlySpan<float> costs = snapshot.Candidates.CostsOf(request.Row);
        for (int site = 0; site < snapshot.Fleet.Sites.Length; site++)
        {
            foreach (NodeSlot slot in snapshot.NodesOf(site))
            {
                if (!Serves(snapshot, in request, slot.Node, snapshot.Frozen)) continue;
                anyHealthy = true;
                int place = row.IndexOf((ushort)site);
                if (place >= 0) best = Math.Min(best, costs[place] + snapshot.Load.Prices[site] + snapshot.Site(site).ExtraMs + (float)snapshot.Policy.Cost.ColdStreamMs);
            }
        }
        for (int i = 0; i < decision.Count; i++)
        {
            Choice choice = decision[i];
            Assert.True(Serves(snapshot, in request, choice.Node, snapshot.Frozen || !anyHealthy), $"seed {seed}: {snapshot.Node(choice.Node)}");
            if (best < float.MaxValue) Assert.True(choice.Score <= best + SteeredDispatcher.WithinMs + 0.01f, $"seed {seed}: {choice.Score} where {best} is the best");
        }
        Assert.Equal(anyHealthy, decision.Count > 0 && snapshot.Node(decision[0].Node).Eligibility is var standing && (standing == Eligibility.Eligible || snapshot.Frozen));
    }

    private static bool Serves(RoutingSnapshot snapshot, in DispatchRequest request, int node, bool silentToo)
    {
        NodeRoute route = snapshot.Node(node);
        ref NodeLedger ledger = ref snapshot.Load.Node(node);
        return (route.Eligibility == Eligibility.Eligible || (silentToo && route.Eligibility == Eligibility.Silent))
            && (route.Roles & NodeRoles.Edge) != 0
            && (request.Protocols == StreamProtocols.None || (route.Protocols & request.Protocols) != 0)
            && ledger.Assigned + request.Kbps <= ledger.Ceiling;
    }

    private static long Assigned(RoutingSnapshot snapshot)
    {
        long sum = 0;
        for (int node = 0; node < snapshot.Fleet.Nodes.Length; node++) sum += snapshot.Load.Node(node).Assigned;
        return sum;
    }
}
