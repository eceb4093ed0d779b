using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Cli.Plans;
using Scheduler.Core.Geo;
using Scheduler.Core.Planning;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Measures;

/// <summary>
/// The simulator's lower bound, on a world made from an instance that a linear-programming solver has solved: <c>full-40x10.json</c>, in which every site is a
/// candidate of every cell and three sites are full. <c>Core/Planning/Instances/README.md</c> tells how it was solved.
/// </summary>
public sealed class BoundTests
{
    [Fact]
    public void The_lower_bound_is_the_optimum_that_another_solver_finds()
    {
        using Stream file = typeof(BoundTests).Assembly.GetManifestResourceStream("plan.full-40x10.json")!;
        using JsonDocument solved = JsonDocument.Parse(file);
        PlanProblem problem = PlanInstanceReader.Read(JsonSerializer.SerializeToUtf8Bytes(solved.RootElement.GetProperty("instance")), out _)!.Problem;
        double atLeast = solved.RootElement.GetProperty("at_least").GetDouble(), atMost = solved.RootElement.GetProperty("at_most").GetDouble();

        World world = WorldOf(problem, [.. solved.RootElement.GetProperty("instance").GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("capacity_mbps").GetDouble())]);
        var bound = new BoundMeter(world, new NodeFarm(world, [], seed: 1));
        // A bound from prices that are not quite the optimum's is lower, never higher; with three full sites sixty sweeps leave some 3e-4.
        Assert.InRange(bound.LowerBound(problem.DemandMbps), atLeast * (1 - 5e-4), atMost * (1 + 1e-6));
    }

    private static World WorldOf(PlanProblem problem, double[] capacityMbps)
    {
        int sites = problem.Network.SiteCount, cells = problem.Network.CellCount;
        Site[] places = [.. Enumerable.Range(0, sites).Select(s => new Site(
            $"s{s}", SiteKind.Pop, "r", "p", "GB", new GeoPoint(0, 0), null, "free", [], Labels.None))];
        Node[] nodes = [.. Enumerable.Range(0, sites).Select(s => new Node(
            $"s{s}-01", $"s{s}", BitRate.FromKbps((long)Math.Round(capacityMbps[s] * 1_000)), NodeRoles.Edge, StreamProtocols.Hls, "h", null, null, Labels.None))];
        var fleet = new Fleet([], [new Tariff("free", 0, TariffBilling.Flat, BitRate.Zero)], [.. places], [.. nodes], [], ImmutableSortedDictionary<StreamProtocols, string>.Empty);
        var rtts = new float[cells * sites];
        for (int c = 0; c < cells; c++)
        {
            ReadOnlySpan<int> named = problem.Network.SitesOf(c);
            ReadOnlySpan<double> costs = problem.Network.CostsOf(c);
            // a = rtt + 2 max(0, rtt - 80), solved for rtt.
            for (int i = 0; i < named.Length; i++) rtts[(c * sites) + named[i]] = (float)(costs[i] <= 80 ? costs[i] : (costs[i] + 160) / 3);
        }
        ImmutableArray<WorldCell> from = [.. Enumerable.Range(0, cells).Select(c => new WorldCell(c, new Cell($"c{c}", "GB", "p", new GeoPoint(0, 0), 1, 1), problem.DemandMbps[c]))];
        return new World(SmallWorld.Scenario with { Fleet = fleet, Replicas = 1 }, SmallWorld.Map, from, fleet, rtts);
    }
}
