using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class NearEqualsTests
{
    private const int Viewers = 4_000;

    /// <summary>Wide beside the 8 ms by which p00 and p01 differ.</summary>
    private readonly World _world = new(sites: 2, nodesPerSite: 2) { Policy = DispatchPolicy.Default with { NearMs = 100, ExploreShare = 0 } };

    [Fact]
    public void Sites_that_are_about_equal_share_viewers_and_the_better_takes_more()
    {
        int[] counts = CountBySite();
        Assert.Equal(Viewers, counts[0] + counts[1]);
        Assert.InRange(counts[1], Viewers / 20, Viewers * 9 / 20);
    }

    [Fact]
    public void A_site_with_less_room_takes_fewer()
    {
        int before = CountBySite()[1];
        foreach (int node in _world.Fleet.Sites[_world.Site("p01")]!.Nodes) _world.Fill(node, World.NodeKbps / 2);
        Assert.InRange(CountBySite()[1], 1, before * 3 / 4);
    }

    [Fact]
    public void More_room_at_a_site_sends_no_viewer_away_from_it()
    {
        string[] before = [.. Enumerable.Range(0, 500).Select(v => Ask((uint)v))];
        int[] nodes = [.. _world.Fleet.Sites[_world.Site("p00")]!.Nodes];
        foreach (int node in nodes) _world.Fill(node, 0, World.NodeKbps * 2);
        for (int v = 0; v < before.Length; v++)
            if (before[v] == "p00") Assert.Equal("p00", Ask((uint)v));
    }

    [Fact]
    public void The_same_question_gets_the_same_answer()
    {
        for (uint viewer = 0; viewer < 100; viewer++) Assert.Equal(Ask(viewer), Ask(viewer));
    }

    [Fact]
    public void Without_a_width_the_best_takes_all()
    {
        _world.Policy = _world.Policy with { NearMs = 0 };
        Assert.Equal(Viewers, CountBySite()[0]);
    }

    [Fact]
    public void A_full_site_takes_none()
    {
        foreach (int node in _world.Fleet.Sites[_world.Site("p00")]!.Nodes) _world.Fill(node, 0, 0);
        Assert.Equal(0, CountBySite()[0]);
    }

    [Fact]
    public void Sharing_allocates_nothing()
    {
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            // The snapshot of the test world is made in Decide: this asks for the choice alone.
            Span<float> scores = [10, 11, 12, 13, 14, 15, 16, 17];
            ReadOnlySpan<ushort> sites = [0, 1, 2, 3, 0, 1, 2, 3];
            for (uint viewer = 0; viewer < 100; viewer++) NearEquals.Choose(Snapshot, viewer, 1, sites, scores, 0);
        }));
    }

    private Scheduler.Core.Routing.RoutingSnapshot Snapshot => field ??= _world.Snapshot();

    private int[] CountBySite()
    {
        var counts = new int[4];
        for (uint viewer = 0; viewer < Viewers; viewer++) counts[int.Parse(Ask(viewer)[1..], System.Globalization.CultureInfo.InvariantCulture)]++;
        return counts;
    }

    private string Ask(uint viewer) => _world.SiteOf(_world.Decide(look: true, viewer: ViewerHash.Of(viewer, 1))[0]);
}
