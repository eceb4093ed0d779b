using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Tests.Core.Dispatch;

/// <summary>Cases that the property of <see cref="DispatcherTests"/> once found, each in its plainest form.</summary>
public sealed class DispatcherRegressionTests
{
    [Fact]
    public void A_second_site_is_named_before_more_nodes_of_the_first_even_from_beyond_the_viewers_row()
    {
        var world = new World(sites: 20, nodesPerSite: 8);
        foreach (IndexedNode node in world.Fleet.Nodes.OfType<IndexedNode>())
            if (world.Fleet.Sites[node.SiteIndex]!.Site.Id is not ("p00" or "p19")) world.Standings[node.Index] = Eligibility.Drained;
        Decision decision = world.Decide(want: 8);
        string[] sites = [.. Enumerable.Range(0, decision.Count).Select(i => world.SiteOf(decision[i]))];
        Assert.Equal("p00", sites[0]);
        Assert.Contains("p19", sites);
        Assert.Equal(8, decision.Count);
    }

    [Fact]
    public void The_only_node_with_room_serves_although_it_is_utilised_beyond_the_bound()
    {
        var world = new World(sites: 1, nodesPerSite: 2);
        world.Standings[world.Node("p00-00")] = Eligibility.Drained;
        world.Fill(world.Node("p00-01"), World.NodeKbps * 95 / 100);
        Decision decision = world.Decide(want: 1);
        Assert.Equal(DispatchOutcome.Placed, decision.Outcome);
        Assert.Equal(world.Node("p00-01"), decision[0].Node);
    }
}
