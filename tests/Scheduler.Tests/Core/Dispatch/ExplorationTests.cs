using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class ExplorationTests
{
    private static readonly DispatchPolicy Always = DispatchPolicy.Default with { ExploreShare = 1, NearMs = 0 };

    [Fact]
    public void An_unmeasured_site_within_the_price_of_a_trial_is_tried()
    {
        World world = WorldWithout("p01");
        Assert.Equal("p01", world.SiteOf(world.Decide(look: true)[0]));
    }

    [Fact]
    public void The_best_site_stands_behind_the_one_that_is_tried()
    {
        World world = WorldWithout("p01");
        Decision decision = world.Decide(look: true);
        Assert.Contains("p00", Enumerable.Range(0, decision.Count).Select(i => world.SiteOf(decision[i])));
    }

    [Fact]
    public void A_site_that_is_too_dear_is_not_tried()
    {
        World world = WorldWithout("p04"); // 800 km away
        Assert.Equal("p00", world.SiteOf(world.Decide(look: true)[0]));
    }

    [Fact]
    public void A_site_without_room_is_not_tried()
    {
        World world = WorldWithout("p01");
        foreach (int node in world.Fleet.Sites[world.Site("p01")]!.Nodes) world.Fill(node, 0, 0);
        Assert.Equal("p00", world.SiteOf(world.Decide()[0]));
    }

    [Fact]
    public void Nothing_is_tried_where_all_is_measured_or_exploration_is_off()
    {
        var known = new World(sites: 5, nodesPerSite: 2) { Policy = Always };
        Assert.Equal("p00", known.SiteOf(known.Decide(look: true)[0]));
        World off = WorldWithout("p01");
        off.Policy = Always with { ExploreShare = 0 };
        Assert.Equal("p00", off.SiteOf(off.Decide(look: true)[0]));
    }

    [Fact]
    public void The_share_of_viewers_who_try_something_is_that_of_the_policy_and_each_epoch_has_others()
    {
        const int Viewers = 100_000;
        DispatchPolicy policy = DispatchPolicy.Default with { ExploreShare = 0.01 };
        int now = 0, both = 0;
        for (uint viewer = 0; viewer < Viewers; viewer++)
        {
            bool turn = Exploration.IsTurnOf(policy, viewer, 7, out _);
            Assert.Equal(turn, Exploration.IsTurnOf(policy, viewer, 7, out _));
            now += turn ? 1 : 0;
            both += turn && Exploration.IsTurnOf(policy, viewer, 8, out _) ? 1 : 0;
        }
        Assert.InRange(now, 800, 1_200);
        Assert.InRange(both, 0, 40);
    }

    private static World WorldWithout(string unmeasured) =>
        new(sites: 5, nodesPerSite: 2, measured: (_, site) => site.Site.Id != unmeasured) { Policy = Always };
}
