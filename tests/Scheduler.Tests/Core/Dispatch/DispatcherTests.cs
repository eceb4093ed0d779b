using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class DispatcherTests
{
    [Fact]
    public void The_nearest_site_wins_when_all_are_idle()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        Decision decision = world.Decide();
        Assert.Equal(DispatchOutcome.Placed, decision.Outcome);
        Assert.Equal("p00", world.SiteOf(decision[0]));
    }

    [Fact]
    public void Three_candidates_are_two_of_the_best_site_and_one_of_the_next()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        Decision decision = world.Decide(want: 3);
        Assert.Equal(["p00", "p00", "p01"], Enumerable.Range(0, decision.Count).Select(i => world.SiteOf(decision[i])));
        Assert.Equal(3, Enumerable.Range(0, decision.Count).Select(i => decision[i].Node).Distinct().Count());
    }

    [Fact]
    public void Two_candidates_are_of_two_sites()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        Decision decision = world.Decide(want: 2);
        Assert.NotEqual(decision[0].Site, decision[1].Site);
    }

    [Fact]
    public void A_loaded_site_loses_to_the_next_one_when_its_price_exceeds_the_way()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        foreach (int node in world.Fleet.Sites[world.Site("p00")]!.Nodes) world.Fill(node, World.NodeKbps * 9 / 10);
        Assert.Equal("p01", world.SiteOf(world.Decide()[0]));
    }

    [Fact]
    public void A_site_to_be_avoided_is_never_named_and_the_others_keep_their_order()
    {
        var world = new World(sites: 20, nodesPerSite: 2);
        var avoid = new bool[world.Fleet.Sites.Length];
        avoid[world.Site("p00")] = avoid[world.Site("p02")] = true;
        Decision decision = world.Decide(want: 8, avoid: avoid);
        Assert.Equal(["p01", "p01", "p03", "p04", "p05", "p06", "p07", "p08"], Enumerable.Range(0, decision.Count).Select(i => world.SiteOf(decision[i])));

        Array.Fill(avoid, true);
        avoid[world.Site("p18")] = false; // beyond the sixteen of the row
        Assert.Equal("p18", world.SiteOf(world.Decide(avoid: avoid)[0]));
        avoid[world.Site("p18")] = true;
        Assert.True(world.Decide(avoid: avoid).Refused);
    }

    [Fact]
    public void Any_candidate_can_lead_and_the_others_follow_in_their_order()
    {
        var world = new World(sites: 5, nodesPerSite: 2);
        Decision decision = world.Decide(want: 5);
        int[] before = [.. Enumerable.Range(0, 5).Select(i => decision[i].Node)];
        decision.Lead(3, want: 3);
        Assert.Equal([before[3], before[0], before[1]], Enumerable.Range(0, decision.Count).Select(i => decision[i].Node));
    }

    [Fact]
    public void More_headroom_never_raises_a_score()
    {
        var world = new World(sites: 1, nodesPerSite: 2);
        const ulong Warm = 1, Cold = 2;
        world.Decide(Warm);
        Prop.ForAll(Gen.Choose(0, (int)World.NodeKbps).Three().ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (drawn, warm) =>
        {
            world.Load.SetPlanned(0, drawn.Item3 / 10_000f);
            (int less, int more) = (Math.Min(drawn.Item1, drawn.Item2), Math.Max(drawn.Item1, drawn.Item2));
            float[] scores = [.. new[] { less, more }.Select(load =>
            {
                foreach (int node in world.Fleet.Sites[0]!.Nodes) world.Fill(node, load, World.NodeKbps + 10_000);
                return world.Decide(warm ? Warm : Cold, look: true)[0].Score;
            })];
            Assert.True(scores[0] <= scores[1], $"{scores[0]} at {less}, {scores[1]} at {more}");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_warm_site_is_preferred_to_a_cold_one_that_is_a_little_nearer()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        world.Policy = world.Policy with { Cost = world.Policy.Cost with { ColdStreamMs = 10 } };
        world.Streams.Warm(7, world.Site("p01"), 10);
        Assert.Equal("p01", world.SiteOf(world.Decide(stream: 7)[0]));
        Assert.Equal("p00", world.SiteOf(world.Decide(stream: 8)[0]));
    }

    [Fact]
    public void A_decision_makes_its_stream_warm_where_it_placed_it()
    {
        var world = new World(sites: 2, nodesPerSite: 3);
        Decision decision = world.Decide(stream: 7);
        Assert.True(world.Streams.Find(7, 10).IsWarmAt(decision[0].Site));
        Assert.False(world.Streams.Find(7, 10).IsWarmAt(decision[2].Site));
    }

    [Fact]
    public void Looking_takes_nothing()
    {
        var world = new World(sites: 2, nodesPerSite: 2);
        Decision decision = world.Decide(look: true);
        Assert.False(decision.Refused);
        Assert.All(world.Fleet.Nodes, n => Assert.Equal(0, world.Load.Node(n!.Index).Assigned));
        Assert.Equal(0, world.Streams.CountStreams());
    }

    [Fact]
    public void The_first_candidate_holds_the_slot_and_no_other_does()
    {
        var world = new World(sites: 2, nodesPerSite: 2);
        Decision decision = world.Decide(kbps: 5_000);
        Assert.Equal(5_000, world.Load.Node(decision[0].Node).Assigned);
        Assert.Equal(5_000, world.Load.Site(decision[0].Site).Assigned);
        Assert.Equal(5_000, world.Fleet.Nodes.Sum(n => world.Load.Node(n!.Index).Assigned));
    }

    [Fact]
    public void A_viewer_stays_where_he_was()
    {
        var world = new World(sites: 5, nodesPerSite: 3);
        int node = world.Node("p02-01");
        Decision decision = world.Decide(stay: node);
        Assert.Equal(DispatchOutcome.Sticky, decision.Outcome);
        Assert.Equal(node, decision[0].Node);
        Assert.Equal("p00", world.SiteOf(decision[1]));
    }

    [Theory]
    [InlineData(Eligibility.Drained)]
    [InlineData(Eligibility.Down)]
    [InlineData(Eligibility.Silent)]
    [InlineData(Eligibility.OutOfService)]
    [InlineData(Eligibility.Ejected)]
    public void A_viewer_does_not_stay_on_a_node_that_may_not_be_named(Eligibility standing)
    {
        var world = new World(sites: 3, nodesPerSite: 2);
        int node = world.Node("p01-00");
        world.Standings[node] = standing;
        Decision decision = world.Decide(stay: node);
        Assert.Equal(DispatchOutcome.Placed, decision.Outcome);
        Assert.NotEqual(node, decision[0].Node);
    }

    [Fact]
    public void Excluded_nodes_are_never_named()
    {
        var world = new World(sites: 2, nodesPerSite: 2);
        int[] exclude = [world.Node("p00-00"), world.Node("p01-01")];
        Decision decision = world.Decide(want: 8, exclude: exclude);
        Assert.Equal(2, decision.Count);
        for (int i = 0; i < decision.Count; i++) Assert.DoesNotContain(decision[i].Node, exclude);
    }

    [Fact]
    public void Protocol_and_role_are_respected()
    {
        var world = new World(sites: 2, nodesPerSite: 2);
        Assert.Equal(DispatchOutcome.NoEligibleSite, world.Decide(protocols: StreamProtocols.WebRtc).Outcome);
        Assert.Equal(DispatchOutcome.NoEligibleSite, world.Decide(role: NodeRoles.Ingest).Outcome);
        Assert.Equal(DispatchOutcome.Placed, world.Decide(protocols: StreamProtocols.Flv | StreamProtocols.WebRtc).Outcome);
    }

    [Fact]
    public void A_publisher_goes_to_the_nearest_ingest_site()
    {
        var world = new World(sites: 20, nodesPerSite: 1, NodeRoles.Ingest | NodeRoles.Origin);
        Decision decision = world.Decide(role: NodeRoles.Ingest, want: 2);
        Assert.Equal(["p00", "p01"], [world.SiteOf(decision[0]), world.SiteOf(decision[1])]);
    }

    [Fact]
    public void Beyond_the_sixteen_candidates_the_whole_world_is_tried()
    {
        var world = new World(sites: 30, nodesPerSite: 1);
        for (int s = 0; s < 20; s++) world.Fill(world.Node($"p{s:00}-00"), World.NodeKbps);
        Decision decision = world.Decide(want: 2);
        Assert.Equal(DispatchOutcome.Placed, decision.Outcome);
        Assert.Equal(["p20", "p21"], [world.SiteOf(decision[0]), world.SiteOf(decision[1])]);
    }

    [Fact]
    public void A_full_world_refuses_and_names_the_reason()
    {
        var world = new World(sites: 3, nodesPerSite: 1);
        for (int s = 0; s < 3; s++) world.Fill(world.Node($"p{s:00}-00"), World.NodeKbps);
        Assert.Equal(DispatchOutcome.NoRoom, world.Decide().Outcome);
    }

    [Fact]
    public void A_full_world_spills_to_the_least_utilised_node_where_the_policy_allows()
    {
        var world = new World(sites: 3, nodesPerSite: 1) { Policy = DispatchPolicy.Default with { SpillRatio = 0.05 } };
        world.Fill(world.Node("p00-00"), World.NodeKbps * 103 / 100);
        world.Fill(world.Node("p01-00"), World.NodeKbps * 101 / 100);
        world.Fill(world.Node("p02-00"), World.NodeKbps * 102 / 100);
        Decision decision = world.Decide(kbps: 1_000);
        Assert.Equal(DispatchOutcome.Spilled, decision.Outcome);
        Assert.Equal(world.Node("p01-00"), decision[0].Node);
        Assert.Equal(DispatchOutcome.NoRoom, world.Decide(kbps: 60_000).Outcome);
    }

    [Fact]
    public void Silent_nodes_are_the_last_resort()
    {
        var world = new World(sites: 2, nodesPerSite: 1);
        world.Standings[world.Node("p00-00")] = Eligibility.Silent;
        Assert.Equal("p01", world.SiteOf(world.Decide(want: 1)[0]));
        world.Standings[world.Node("p01-00")] = Eligibility.Drained;
        Decision decision = world.Decide(want: 1);
        Assert.Equal(DispatchOutcome.Frozen, decision.Outcome);
        Assert.Equal("p00", world.SiteOf(decision[0]));
    }

    [Fact]
    public void Frozen_states_serve_the_nearest_site_although_it_is_silent()
    {
        var world = new World(sites: 2, nodesPerSite: 1) { Frozen = true };
        Array.Fill(world.Standings, Eligibility.Silent);
        Decision decision = world.Decide(want: 1);
        Assert.Equal(DispatchOutcome.Frozen, decision.Outcome);
        Assert.Equal("p00", world.SiteOf(decision[0]));
    }

    [Fact]
    public void The_same_question_gets_the_same_node()
    {
        var world = new World(sites: 3, nodesPerSite: 8);
        for (ulong stream = 1; stream < 100; stream++)
            Assert.Equal(world.Decide(stream, look: true)[0], world.Decide(stream, look: true)[0]);
    }

    [Fact]
    public void A_hot_stream_overflows_to_other_nodes_of_the_site_before_its_node_is_full()
    {
        var world = new World(sites: 1, nodesPerSite: 4);
        var taken = new Dictionary<int, long>();
        for (int i = 0; i < 600; i++)
        {
            int node = world.Decide(stream: 42, kbps: 3_000, want: 1)[0].Node;
            taken[node] = taken.GetValueOrDefault(node) + 3_000;
        }
        double mean = taken.Values.Sum() / 4.0;
        Assert.Equal(4, taken.Count);
        Assert.All(taken.Values, kbps => Assert.True(kbps <= mean * 1.3, $"{kbps} of a mean of {mean}"));
    }

    [Fact]
    public void Few_viewers_of_one_stream_meet_on_one_node()
    {
        var world = new World(sites: 1, nodesPerSite: 8);
        Assert.Single(Enumerable.Range(0, 15).Select(_ => world.Decide(stream: 42, want: 1)[0].Node).Distinct());
    }

    [Fact]
    public void Rendezvous_hashing_shares_streams_in_proportion_to_weight()
    {
        int heavy = 0;
        for (uint stream = 0; stream < 100_000; stream++)
            if (RendezvousHash.Key(stream * 2654435761, 17, 1f / 3) < RendezvousHash.Key(stream * 2654435761, 4711, 1)) heavy++;
        Assert.InRange(heavy, 72_000, 78_000);
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var world = new World(sites: 30, nodesPerSite: 4);
        RoutingSnapshot snapshot = world.Snapshot();
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                var request = new DispatchRequest { Cell = 0, Row = 0, Stream = (ulong)i, Kbps = 10, Role = NodeRoles.Edge, WarmEpoch = 1, Want = 3 };
                Dispatcher.Decide(snapshot, in request, out _);
            }
        }));
    }

    /// <summary>The promise to players: an ineligible or full node is never named while an eligible one has room.</summary>
    [Fact]
    public void No_decision_names_an_ineligible_node_while_an_eligible_one_has_room() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed => NeverWrong(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static bool NeverWrong(Random random)
    {
        var world = new World(sites: random.Next(1, 24), nodesPerSite: random.Next(1, 5));
        Eligibility[] standings = Enum.GetValues<Eligibility>();
        foreach (IndexedNode node in world.Fleet.Nodes.OfType<IndexedNode>())
        {
            if (random.Next(2) == 0) world.Standings[node.Index] = standings[random.Next(standings.Length)];
            if (random.Next(2) == 0) world.Fill(node.Index, random.NextInt64(World.NodeKbps * 12 / 10));
        }
        long kbps = random.NextInt64(1, 100_000);
        bool Serves(int n) => world.Standings[n] == Eligibility.Eligible && world.Load.Node(n).Assigned + kbps <= world.Load.Node(n).Ceiling;
        int able = world.Fleet.Nodes.Count(n => Serves(n!.Index));
        int ableSites = world.Fleet.Nodes.Where(n => Serves(n!.Index)).Select(n => n!.SiteIndex).Distinct().Count();
        int want = random.Next(1, 9);
        Decision decision = world.Decide((ulong)random.NextInt64(), kbps, want, look: true);
        var named = Enumerable.Range(0, decision.Count).Select(i => decision[i]).ToArray();
        if (able == 0) return named.All(c => world.Standings[c.Node] == Eligibility.Silent);
        return named.Length > 0
            && named.All(c => Serves(c.Node))
            && named.Select(c => c.Node).Distinct().Count() == named.Length
            && (want < 2 || ableSites < 2 || named.Select(c => c.Site).Distinct().Count() >= 2);
    }
}
