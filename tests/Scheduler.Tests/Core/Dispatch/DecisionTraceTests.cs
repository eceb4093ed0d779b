using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class DecisionTraceTests
{
    [Fact]
    public void A_trace_tells_what_dispatch_does_at_that_moment() => ForRandomWorlds((world, question) =>
    {
        DecisionTrace trace = world.Trace(question);
        Assert.Equal(Shown(world.Look(question)), Shown(trace.Decision));
        Decision taken = world.Dispatch(question); // takes escrow and warms the stream: the real thing, which may find later candidates dearer by it
        Assert.Equal((taken.Outcome, taken.Count), (trace.Decision.Outcome, trace.Decision.Count));
        if (!taken.Refused) Assert.Equal((taken[0].Node, taken[0].Site), (trace.Decision[0].Node, trace.Decision[0].Site));
    });

    [Fact]
    public void Whoever_reads_a_trace_comes_to_the_same_first_site() => ForRandomWorlds((world, question) =>
    {
        DecisionTrace trace = world.Trace(question);
        if (trace.Decision.Refused)
        {
            Assert.Equal(ChoiceRule.None, trace.Rule);
            Assert.Empty(trace.Nodes);
            Assert.All(trace.Sites, site => Assert.InRange(site.Verdict, SiteVerdict.NotServing, SiteVerdict.NoNode));
            return;
        }
        SiteTrace chosen = Assert.Single(trace.Sites, site => site.Verdict == SiteVerdict.Chosen);
        Assert.Equal((trace.Decision[0].Site, 0, chosen), (chosen.Site, chosen.Rank, trace.Sites[0]));
        if (trace.Rule is ChoiceRule.Sticky or ChoiceRule.Spill or ChoiceRule.LastResort) return;
        float least = trace.Sites.Where(site => site.IsNear && CouldServe(site)).Select(site => site.Score).DefaultIfEmpty(chosen.Score).Min();
        double within = trace.Rule switch
        {
            ChoiceRule.NearEquals => world.Policy.NearMs,
            ChoiceRule.Exploration => world.Policy.ExploreWithinMs,
            ChoiceRule.WholeWorld => float.MaxValue,
            _ => 0,
        };
        Assert.InRange(chosen.Score - least, 0, within);
        Assert.Equal(trace.Rule == ChoiceRule.WholeWorld, !chosen.IsNear);
    });

    [Fact]
    public void The_terms_of_a_score_add_up_to_it() => ForRandomWorlds((world, question) =>
    {
        foreach (SiteTrace site in world.Trace(question).Sites)
        {
            double fixedMs = question is { Row: 1, Role: NodeRoles.Edge } ? site.OrderMs : site.RttMs + site.ComfortMs + site.TariffMs;
            double sum = site.IsNear ? fixedMs + site.Price.TotalMs + site.ExtraMs + site.ColdMs : site.RttMs + site.ComfortMs + site.TariffMs;
            Assert.Equal(sum, site.Score, 0.01 + (sum * 2e-5)); // a score that is compared bears its place in its lowest bits
        }
    });

    [Fact]
    public void What_a_site_had_against_it_is_so() => ForRandomWorlds((world, question) =>
    {
        DecisionTrace trace = world.Trace(question);
        RoutingSnapshot snapshot = world.Snapshot();
        foreach (SiteTrace site in trace.Sites)
        {
            int[] able = [.. snapshot.NodesOf(site.Site).ToArray().Select(slot => slot.Node).Where(node => MayBeNamed(snapshot, node, question.Role, StreamProtocols.None))];
            int[] speaking = [.. able.Where(node => MayBeNamed(snapshot, node, question.Role, question.Protocols))];
            bool fits = speaking.Any(node => !question.Exclude.Contains(node) && HasRoom(snapshot, node, question.Kbps));
            switch (site.Verdict)
            {
                case SiteVerdict.NotServing: Assert.Empty(able); break;
                case SiteVerdict.Protocol: Assert.NotEmpty(able); Assert.Empty(speaking); break;
                case SiteVerdict.NoRoom: Assert.True(site.RoomKbps < question.Kbps); break;
                case SiteVerdict.NoNode: Assert.False(fits); break;
                case SiteVerdict.Dearer or SiteVerdict.NearEqual or SiteVerdict.Explored or SiteVerdict.Stayed: Assert.True(fits); break;
            }
            if (site.Verdict == SiteVerdict.Explored) Assert.True(site.DearerMs < 0);
            if (site.Verdict == SiteVerdict.Dearer && trace.Rule == ChoiceRule.LeastScore) Assert.True(site.DearerMs >= 0);
        }
    });

    [Fact]
    public void The_node_of_a_site_is_the_first_by_hash_within_the_bound() => ForRandomWorlds((world, question) =>
    {
        DecisionTrace trace = world.Trace(question);
        if (trace.Decision.Refused || trace.Rule is ChoiceRule.Sticky or ChoiceRule.Spill or ChoiceRule.LastResort) return;
        Assert.Equal(trace.Nodes.OrderBy(node => node.HashKey), trace.Nodes);
        NodeTrace chosen = Assert.Single(trace.Nodes, node => node.Verdict == NodeVerdict.Chosen);
        NodeTrace[] able = [.. trace.Nodes.Where(node => node.Verdict <= NodeVerdict.BeyondBound)];
        NodeTrace? first = able.FirstOrDefault(node => node.Utilisation <= trace.NodeBound);
        Assert.Equal(first?.Node ?? able.MinBy(node => node.Utilisation)!.Node, chosen.Node);
    });

    [Fact]
    public void A_hot_stream_is_said_to_be_shared()
    {
        var world = new World(sites: 1, nodesPerSite: 4);
        world.Streams.Hot.Measure(new StreamLoad(1, 300, World.NodeKbps * 9 / 10), 0, 0, World.NodeKbps, 10);
        var request = new DispatchRequest { Cell = 0, Row = 0, Stream = 1, Kbps = 3_000, Role = NodeRoles.Edge, WarmEpoch = 10, Want = 3 };
        Assert.Equal(2, DecisionTrace.Take(world.Snapshot(), in request).NodesSharingStream);
    }

    [Fact]
    public void A_trace_takes_nothing()
    {
        var world = new RandomWorld(7);
        world.Trace(world.Ask());
        Assert.All(world.Fleet.Nodes, node => Assert.Equal(0, world.Load.Node(node!.Index).Assigned));
        Assert.Equal(0, world.Streams.CountStreams() - world.StreamsWarmed);
    }

    private static void ForRandomWorlds(Action<RandomWorld, Question> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var world = new RandomWorld(seed);
            for (int i = 0; i < 4; i++) property(world, world.Ask());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static bool CouldServe(SiteTrace site) => site.Verdict < SiteVerdict.NotServing;

    private static bool MayBeNamed(RoutingSnapshot snapshot, int node, NodeRoles role, StreamProtocols protocols) =>
        snapshot.Node(node).Serves(role, protocols, snapshot.Frozen ? Eligibility.Silent : Eligibility.Eligible);

    private static bool HasRoom(RoutingSnapshot snapshot, int node, long kbps)
    {
        ref NodeLedger ledger = ref snapshot.Load.Node(node);
        return ledger.Assigned + kbps <= ledger.Ceiling;
    }

    private static string Shown(Decision decision) =>
        decision.Outcome + ": " + string.Join(", ", Enumerable.Range(0, decision.Count).Select(rank => decision[rank].ToString()));
}
