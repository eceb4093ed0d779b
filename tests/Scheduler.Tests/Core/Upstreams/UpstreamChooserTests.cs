using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;

namespace Scheduler.Tests.Core.Upstreams;

public sealed class UpstreamChooserTests
{
    [Fact]
    public void A_parent_is_nearer_to_the_home_than_its_child_so_that_there_is_no_loop_and_at_most_two_hops_between_sites() => ForAnyWorld(world =>
    {
        foreach (UpstreamQuestion question in world.AskAll())
        {
            foreach (UpstreamParent parent in Choose(world.View(), question, out _))
            {
                int child = world.Rank(question.Stream, question.Node), rank = world.Rank(question.Stream, parent.Node);
                // 3 hops between sites would take a way from one IDC to another that does not lead to where the stream comes in.
                bool leaves = world.Index.SiteOf(parent.Node) != world.Index.SiteOf(question.Node);
                if (rank >= child || (child < 4 && leaves && rank > 0) || parent.Relays != (rank is 2 or 3)) return false;
            }
        }
        return true;
    });

    [Fact]
    public void Parents_are_distinct_nodes_of_IDCs_other_than_the_one_who_asks() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask(current: true);
        UpstreamParent[] parents = Choose(world.View(), question, out _);
        return parents.Select(p => p.Node).Distinct().Count() == parents.Length
            && parents.All(p => p.Node != question.Node && world.Table.IsIdc(p.Site) && world.Index.SiteOf(p.Node) == p.Site);
    });

    [Fact]
    public void Nothing_drained_silent_closed_or_full_is_named_while_anything_else_can_serve() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask();
        UpstreamParent[] parents = Choose(world.View(), question, out UpstreamOutcome outcome);
        return parents.All(p =>
            (p.Way is not { } way || (!world.Links.IsClosed(way) && world.Links.LoadKbps(way) + question.Kbps <= world.Table.Way(way).CapacityKbps))
            && (world.HasRoom(p.Node, question.Kbps) || (outcome == UpstreamOutcome.LastResort && IsDrainedHome(world, question.Stream, p.Node)))
            && (outcome == UpstreamOutcome.LastResort || world.Standings[p.Node] == Eligibility.Eligible
                || (world.Standings[p.Node] == Eligibility.Drained && world.Drains.Keeps(p.Site, question.Stream))));
    });

    [Fact]
    public void Something_is_named_exactly_where_something_can_serve() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask();
        UpstreamParent[] parents = Choose(world.View(), question, out UpstreamOutcome outcome);
        return parents.Length > 0 == outcome is UpstreamOutcome.Named or UpstreamOutcome.LastResort
            && (outcome is UpstreamOutcome.NoHome or UpstreamOutcome.IsHome || parents.Length > 0 == CanServe(world, question));
    });

    [Fact]
    public void The_same_question_gets_the_same_answer() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask();
        return Choose(world.View(), question, out _).SequenceEqual(Choose(world.View(), question, out _));
    });

    [Fact]
    public void Siblings_share_a_parent() => ForAnyWorld(calm: true, holds: world =>
    {
        UpstreamView view = world.View();
        var byUpstreams = Enumerable.Range(world.Idcs, world.Sites - world.Idcs).GroupBy(p =>
            (string.Join(',', world.Index.Sites[p]!.Site.Upstreams.Order()), world.Index.Sites[p]!.Site.Region));
        for (ulong stream = 1; stream <= RandomUpstreams.Streams; stream++)
        {
            foreach (IGrouping<(string, string), int> siblings in byUpstreams)
            {
                // Siblings of about the same cost: what is near to one is near to all where the reach is wide.
                UpstreamView wide = view with { Policy = view.Policy with { ReachMs = 10_000 } };
                int[] firsts = [.. siblings.SelectMany(p => world.Index.Sites[p]!.Nodes).Select(n => Choose(wide, new UpstreamQuestion(stream, n, 100, RandomUpstreams.Epoch), out _))
                    .Where(parents => parents.Length > 0 && parents[0].Relays).Select(parents => parents[0].Node).Distinct()];
                if (firsts.Length > 1) return false;
            }
        }
        return true;
    });

    [Fact]
    public void More_headroom_raises_no_cost() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask();
        Dictionary<int, float> before = CostBySite(world, question);
        for (int node = 0; node < world.Standings.Length; node++) world.SetLoad(node, world.Load.NodeLoadKbps(node) / 2);
        for (int way = 0; way < world.Table.Count; way++) world.Links.Assign(way, -world.Links.LoadKbps(way) / 2);
        Dictionary<int, float> after = CostBySite(world, question);
        return before.All(b => !after.TryGetValue(b.Key, out float cost) || cost <= b.Value + 1e-3);
    });

    [Fact]
    public void A_relay_that_has_the_stream_costs_less_than_one_that_has_not() => ForAnyWorld(world =>
    {
        UpstreamQuestion question = world.Ask();
        Dictionary<int, float> before = CostBySite(world, question);
        foreach (int site in before.Keys) world.Known.Warm(question.Stream, site, RandomUpstreams.Epoch);
        return CostBySite(world, question) is var after && before.All(b => !after.TryGetValue(b.Key, out float cost) || cost <= b.Value);
    });

    [Fact]
    public void A_parent_in_place_is_kept_by_a_PoP_while_it_can_serve() => ForAnyWorld(calm: true, holds: world =>
    {
        UpstreamQuestion question = world.Ask();
        if (world.Table.IsIdc(world.Index.SiteOf(question.Node))) return true;
        UpstreamView view = world.View() with { Policy = UpstreamPolicy.Default with { HoldMs = 10_000 } };
        return Choose(view, question, out _).All(p => Choose(view, question with { Current = p.Node }, out _)[0].Node == p.Node);
    });

    [Fact]
    public void The_home_is_told_that_it_is_the_home_and_a_stream_without_one_has_no_parent()
    {
        var world = new RandomUpstreams(1, calm: true);
        Assert.True(world.Homes.TryFind(1, out StreamHome home));
        Assert.Empty(Choose(world.View(), new UpstreamQuestion(1, home.Node, 3_000, RandomUpstreams.Epoch), out UpstreamOutcome atHome));
        Assert.Equal(UpstreamOutcome.IsHome, atHome);
        Assert.Empty(Choose(world.View(), new UpstreamQuestion(99, home.Node, 3_000, RandomUpstreams.Epoch), out UpstreamOutcome unknown));
        Assert.Equal(UpstreamOutcome.NoHome, unknown);
    }

    [Fact]
    public void A_choice_allocates_nothing()
    {
        var world = new RandomUpstreams(3, calm: true);
        UpstreamView view = world.View();
        var room = new UpstreamParent[4];
        UpstreamQuestion[] questions = [.. world.AskAll()];
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            foreach (ref readonly UpstreamQuestion question in questions.AsSpan()) UpstreamChooser.Choose(view, in question, room);
        }));
    }

    /// <summary>The rules once more, by brute force: some way of the asker, open and with room, to an IDC with a node that is alive, and on from there if need be.</summary>
    private static bool CanServe(RandomUpstreams world, UpstreamQuestion question)
    {
        world.Homes.TryFind(question.Stream, out StreamHome home);
        int site = world.Index.SiteOf(question.Node);
        int[] homes = [.. new int?[] { home.Node, home.Backup }.OfType<int>()];
        bool Strict(int node) => world.Drains.IsPaced(world.Index.SiteOf(node))
            ? world.Drains.Keeps(world.Index.SiteOf(node), question.Stream) && world.Standings[node] is Eligibility.Eligible or Eligibility.Drained
            : world.Standings[node] == Eligibility.Eligible;
        bool Alive(int node) => world.Standings[node] is Eligibility.Eligible or Eligibility.Drained or Eligibility.Silent or Eligibility.NodeDraining or Eligibility.Ejected;
        bool forced = false;
        bool Room(int node) => world.HasRoom(node, question.Kbps) || (forced && IsDrainedHome(world, question.Stream, node));
        bool Way(int to, int from, bool fits) => world.Table.TryFindWay(to, from, out int way) && !world.Links.IsClosed(way)
            && (!fits || world.Links.LoadKbps(way) + question.Kbps <= world.Table.Way(way).CapacityKbps);
        bool SiteOpen(int idc, Func<int, bool> open) => open(world.Index.Sites[idc]!.Nodes.FirstOrDefault(n => world.Standings[n] == Eligibility.Eligible, world.Index.Sites[idc]!.Nodes[0]));

        bool By(Func<int, bool> open, bool lastResort)
        {
            int origin = homes.Length > 1 && !open(homes[0]) && open(homes[1]) ? homes[1] : homes[0];
            int[] ends = [.. homes.Select(world.Index.SiteOf)];
            if (world.Table.IsIdc(site) && !ends.Contains(site) && Relay(lastResort) is { } relay && relay != question.Node && Room(relay)) return true;
            if (world.Table.IsIdc(site))
                return ends.Distinct().Any(end => (end == site || (Way(site, end, fits: true) && SiteOpen(end, open)))
                    && homes.OrderBy(n => n != origin).First(n => world.Index.SiteOf(n) == end) is var entry && open(entry) && Room(entry));
            return world.Index.Sites[site]!.Site.Upstreams.Select(u => world.Index.TryFindSite(u, out int i) ? i : -1).Any(idc =>
                Way(site, idc, fits: true) && SiteOpen(idc, open) && Nodes(idc, open)
                && (ends.Contains(idc) || Way(idc, world.Index.SiteOf(origin), fits: !world.Known.Find(question.Stream, RandomUpstreams.Epoch).IsWarmAt(idc))));
        }
        int? Relay(bool lastResort)
        {
            UpstreamView view = world.View();
            return UpstreamNodes.TryFindRelay(view, in question, new UpstreamPaths(view, in question, home, lastResort), out int relay) ? relay : null;
        }
        bool Nodes(int idc, Func<int, bool> open) => world.Index.Sites[idc]!.Nodes.Any(n => n != question.Node && open(n) && Room(n));
        if (By(Strict, false)) return true;
        forced = true;
        return By(Alive, true);
    }

    /// <summary>What arrives at a drained node can be had nowhere else until its publisher has moved.</summary>
    private static bool IsDrainedHome(RandomUpstreams world, ulong stream, int node) =>
        world.Homes.TryFind(stream, out StreamHome home) && (node == home.Node || node == home.Backup) && world.Standings[node] == Eligibility.Drained;

    private static Dictionary<int, float> CostBySite(RandomUpstreams world, UpstreamQuestion question) =>
        Choose(world.View(), question, out _).GroupBy(p => p.Site).ToDictionary(g => g.Key, g => g.First().CostMs);

    private static UpstreamParent[] Choose(UpstreamView view, UpstreamQuestion question, out UpstreamOutcome outcome)
    {
        var parents = new UpstreamParent[UpstreamChooser.MostParents];
        UpstreamChoice choice = UpstreamChooser.Choose(view, in question, parents);
        outcome = choice.Outcome;
        return parents[..choice.Count];
    }

    private static void ForAnyWorld(Func<RandomUpstreams, bool> holds) => ForAnyWorld(false, holds);

    private static void ForAnyWorld(bool calm, Func<RandomUpstreams, bool> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => holds(new RandomUpstreams(seed, calm))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
