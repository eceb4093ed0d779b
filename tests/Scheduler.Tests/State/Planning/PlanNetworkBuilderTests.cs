using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State.Planning;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.State.Planning;

public sealed class PlanNetworkBuilderTests
{
    [Fact]
    public void A_row_keeps_four_candidates_that_do_not_hang_on_the_upstream_of_all_the_others()
    {
        // Forty near sites are fed by one IDC, six far ones by another.
        PlanNetwork network = NetworkOf(World.FleetOf(46, 1), site => site < 40 ? "a" : "b");
        ReadOnlySpan<int> row = network.SitesOf(0);
        Assert.Equal(PlanRules.Candidates, row.Length);
        Assert.Equal([40, 41, 42, 43], row.ToArray().Where(site => site >= 40).Order());
        Assert.Equal(Enumerable.Range(0, 28), row.ToArray().Where(site => site < 40).Order());
    }

    [Fact]
    public void A_row_that_is_diverse_by_itself_keeps_its_cheapest()
    {
        PlanNetwork network = NetworkOf(World.FleetOf(46, 1), site => site % 3 == 0 ? "a" : "b");
        Assert.Equal(Enumerable.Range(0, PlanRules.Candidates), network.SitesOf(0).ToArray().Order());
    }

    [Fact]
    public void Each_site_has_a_row_of_its_own_after_the_cells()
    {
        var replica = new Replica(sites: 3);
        replica.Run(1);
        int cells = replica.Snapshot.Candidates.Cells.Length;
        PlanNetwork network = NetworkOf(replica.Snapshot, [0, 1, 2]);
        Assert.Equal(cells + 3, network.CellCount);
        for (int site = 0; site < 3; site++) Assert.Equal([site], network.SitesOf(cells + site).ToArray());
    }

    [Fact]
    public void A_barred_site_is_no_candidate_of_a_cell()
    {
        var replica = new Replica(sites: 3);
        replica.Configure(policy: Fenced("p01"));
        PlanNetwork network = NetworkOf(replica.Snapshot, [0, 1, 2]);
        int barred = replica.Snapshot.Fleet.TryFindSite("p01", out int index) ? index : throw new InvalidOperationException();
        Assert.DoesNotContain(barred, network.SitesOf(Replica.London).ToArray());
        Assert.Equal(2, network.SitesOf(Replica.London).Length);
        Assert.Equal(3, network.SitesOf(0).Length); // Berlin
    }

    [Fact]
    public void Viewers_whom_the_law_leaves_nothing_are_planned_nowhere()
    {
        var replica = new Replica(sites: 3);
        replica.Run(3);
        replica.Open();
        Demand demand = new DemandMeter(replica.Table).Read(replica.Snapshot);
        var before = new DemandEstimate(replica.Snapshot, PlanRows.Of(replica.Snapshot, Demand.None, [0, 1, 2]));
        before.Update(demand, [1_000, 1_000, 1_000], 0);
        Assert.True(before.DemandMbps[Replica.London] > 0);
        replica.Configure(policy: Fenced("p00", "p01", "p02"));
        Assert.NotEmpty(NetworkOf(replica.Snapshot, [0, 1, 2]).SitesOf(Replica.London).ToArray());
        var after = new DemandEstimate(replica.Snapshot, PlanRows.Of(replica.Snapshot, Demand.None, [0, 1, 2]));
        after.Update(demand, [1_000, 1_000, 1_000], 0);
        Assert.Equal(0, after.DemandMbps[Replica.London]);
    }

    private static Policy Fenced(params ImmutableArray<string> sites) => Policy.Empty with
    {
        Fences = [new GeoFence("no-gb", ["GB"], [], FenceRule.Deny, SiteSelector.None with { Sites = sites }, "a court said so")],
    };

    private static PlanNetwork NetworkOf(RoutingSnapshot snapshot, ImmutableArray<int> serving) =>
        PlanNetworkBuilder.Build(PlanRows.Of(snapshot, Demand.None, serving), snapshot.Fleet, snapshot.Candidates.RttMs);

    private static PlanNetwork NetworkOf(Fleet fleet, Func<int, string> upstream)
    {
        var replica = new Replica();
        replica.Configure(fleet: fleet with { Sites = [.. fleet.Sites.Select((site, i) => site with { Upstreams = [upstream(i)] })] });
        RoutingSnapshot snapshot = replica.Snapshot;
        ImmutableArray<int> serving = [.. fleet.Sites.Select(site => snapshot.Fleet.TryFindSite(site.Id, out int index) ? index : throw new ArgumentException(site.Id))];
        PlanNetwork network = NetworkOf(snapshot, serving);
        // Told in the fleet's order, which is that of distance.
        int[] place = new int[snapshot.Fleet.Sites.Length];
        for (int i = 0; i < serving.Length; i++) place[serving[i]] = i;
        int[] sites = [.. network.SitesOf(Replica.London).ToArray().Select(site => place[site])];
        return new PlanNetwork(serving.Length, [0, sites.Length], sites, network.CostsOf(Replica.London));
    }
}
