using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class HotStreamsTests
{
    private const ulong Stream = 77;
    private readonly World _world = new(sites: 2, nodesPerSite: 8) { Policy = DispatchPolicy.Default with { NearMs = 0, ExploreShare = 0 } };

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.51, 2)]
    [InlineData(0.99, 2)]
    public void A_stream_gets_a_node_for_each_half_of_one_that_it_draws(double ofNode, int nodes)
    {
        Measure(node: 0, ofNode);
        Assert.Equal(nodes, _world.Streams.Hot.NodesFor(0, Stream));
        Assert.Equal(1, _world.Streams.Hot.NodesFor(1, Stream));
        Assert.Equal(1, _world.Streams.Hot.NodesFor(0, Stream + 1));
    }

    [Fact]
    public void What_its_nodes_draw_adds_up()
    {
        Measure(node: 0, 0.6);
        Measure(node: 1, 0.6);
        Measure(node: 1, 0.7); // told anew, not added
        Assert.Equal(3, _world.Streams.Hot.NodesFor(0, Stream));
    }

    [Fact]
    public void It_is_forgotten_when_it_has_left_and_when_nobody_repeats_it()
    {
        Measure(node: 0, 0.9);
        _world.Streams.Hot.Measure(new StreamLoad(Stream, 0, 0), 0, 0, World.NodeKbps, 10);
        Assert.Equal(1, _world.Streams.Hot.NodesFor(0, Stream));
        Measure(node: 0, 0.9);
        _world.Streams.Hot.Measure(new StreamLoad(Stream + 1, 1, World.NodeKbps), 0, 1, World.NodeKbps, 12);
        Assert.Equal(1, _world.Streams.Hot.NodesFor(0, Stream));
    }

    [Fact]
    public void Its_viewers_spread_over_so_many_nodes_and_no_more()
    {
        Assert.Single(NodesOfViewers(200));
        Measure(node: 0, 0.6);
        Measure(node: 1, 0.6);
        Assert.Equal(3, NodesOfViewers(200).Count);
    }

    [Fact]
    public void Of_two_of_its_nodes_the_less_loaded_takes_a_viewer()
    {
        Measure(node: 0, 0.6);
        Measure(node: 1, 0.6);
        int busiest = NodesOfViewers(200).First().Key;
        _world.Fill(busiest, World.NodeKbps / 10);
        Assert.DoesNotContain(busiest, NodesOfViewers(200).Keys);
    }

    [Fact]
    public void A_full_node_of_its_own_is_passed_over()
    {
        Measure(node: 0, 0.9);
        foreach (int node in NodesOfViewers(200).Keys) _world.Fill(node, World.NodeKbps);
        Assert.DoesNotContain(NodesOfViewers(200).Keys, node => _world.Load.Node(node).Ceiling == _world.Load.Node(node).Assigned);
    }

    private void Measure(int node, double ofNode) =>
        _world.Streams.Hot.Measure(new StreamLoad(Stream, 100, (long)(ofNode * World.NodeKbps)), 0, node, World.NodeKbps, 10);

    private Dictionary<int, int> NodesOfViewers(uint viewers)
    {
        var nodes = new Dictionary<int, int>();
        for (uint viewer = 0; viewer < viewers; viewer++)
        {
            int node = _world.Decide(stream: Stream, look: true, viewer: ViewerHash.Of(viewer, Stream))[0].Node;
            nodes[node] = nodes.GetValueOrDefault(node) + 1;
        }
        return nodes;
    }
}
