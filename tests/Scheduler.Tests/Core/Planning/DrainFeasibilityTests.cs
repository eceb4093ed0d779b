using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

public sealed class DrainFeasibilityTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void What_is_short_is_what_every_set_of_cells_finds_at_most() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Instance world = Instance.Random(seed);
        Feasibility found = world.Solve();
        Assert.Equal(world.ShortByBruteForceMbps(), found.ShortMbps, 6);
    }).Check(Runs);

    [Fact]
    public void A_bottleneck_proves_itself() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Instance world = Instance.Random(seed);
        Feasibility found = world.Solve();
        Assert.Equal(found.ShortMbps, found.Bottlenecks.Sum(part => part.ShortMbps), 6);
        foreach (Bottleneck part in found.Bottlenecks)
        {
            int[] usable = [.. part.Cells.SelectMany(cell => world.Network.SitesOf(cell).ToArray()).Distinct().Where(site => world.Capacity[site] > 0).Order()];
            Assert.Equal(usable, part.Sites);
            Assert.Equal(part.ShortMbps, part.Cells.Sum(cell => world.Demand[cell]) - part.Sites.Sum(site => world.Capacity[site] * DrainFeasibility.Fill), 6);
            Assert.True(part.ShortMbps > 0);
        }
        Assert.Equal(found.Bottlenecks.Sum(part => part.Sites.Length), found.Bottlenecks.SelectMany(part => part.Sites).Distinct().Count());
    }).Check(Runs);

    [Fact]
    public void Where_it_starts_makes_no_difference() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Instance world = Instance.Random(seed);
        var random = new Random(seed + 1);
        double[] start = [.. Enumerable.Range(0, world.Network.CandidateCount).Select(_ => random.Next(3) * 40 * random.NextDouble())];
        Feasibility cold = world.Solve(), warm = world.Flow.Solve(world.Demand, world.Capacity, start);
        Assert.Equal(cold.ShortMbps, warm.ShortMbps);
        // The least cut is the same, whatever flow finds it.
        Assert.Equal(cold.Bottlenecks.SelectMany(part => part.Cells).Order(), warm.Bottlenecks.SelectMany(part => part.Cells).Order());
    }).Check(Runs);

    [Fact]
    public void Two_regions_that_are_short_are_told_apart_the_worse_first()
    {
        var network = new PlanNetwork(4, [0, 2, 4, 6], [0, 1, 1, 0, 2, 3], [1, 2, 1, 2, 1, 2]);
        Feasibility found = new DrainFeasibility(network).Solve([60, 60, 200], [50, 50, 80, 80], new double[6], fill: 1);
        Assert.Equal([[2], [0, 1]], found.Bottlenecks.Select(part => part.Cells.ToArray()));
        Assert.Equal([40.0, 20.0], found.Bottlenecks.Select(part => part.ShortMbps));
        Assert.Equal([[2, 3], [0, 1]], found.Bottlenecks.Select(part => part.Sites.ToArray()));
    }

    [Fact]
    public void Cells_whose_sites_are_all_closed_are_a_bottleneck_without_sites()
    {
        var network = new PlanNetwork(2, [0, 1, 3], [0, 0, 1], [1, 1, 2]);
        Bottleneck part = Assert.Single(new DrainFeasibility(network).Solve([10, 10], [0, 100], new double[3]).Bottlenecks);
        Assert.Equal((0, 10.0), (Assert.Single(part.Cells), part.ShortMbps));
        Assert.Empty(part.Sites);
    }

    [Fact]
    public void A_chain_of_cells_gives_way_to_the_last_site_with_room()
    {
        // Cell i may use sites i and i + 1; all start at their own, the first one has too much, and only the last site has room.
        const int Cells = 60;
        int[] starts = [.. Enumerable.Range(0, Cells + 1).Select(cell => 2 * cell)];
        int[] sites = [.. Enumerable.Range(0, Cells).SelectMany(cell => (int[])[cell, cell + 1])];
        var network = new PlanNetwork(Cells + 1, starts, sites, new double[2 * Cells]);
        double[] demand = [20, .. Enumerable.Repeat(10.0, Cells - 1)], capacity = [.. Enumerable.Repeat(10.0, Cells + 1)];
        double[] traffic = [.. Enumerable.Range(0, 2 * Cells).Select(k => k % 2 == 0 ? 10.0 : 0)];
        Assert.True(new DrainFeasibility(network).Solve(demand, capacity, traffic, fill: 1).IsFeasible);
        capacity[30] = 9;
        Bottleneck part = Assert.Single(new DrainFeasibility(network).Solve(demand, capacity, traffic, fill: 1).Bottlenecks);
        Assert.Equal(1, part.ShortMbps);
        Assert.Equal(Enumerable.Range(0, 30), part.Cells);
    }

    [Fact]
    public void A_demand_that_fits_is_answered_without_allocating()
    {
        Instance world = Instance.Random(5, pressure: 0.1);
        double[] start = new double[world.Network.CandidateCount];
        Assert.Equal(0, Allocated.Bytes(() => world.Flow.Solve(world.Demand, world.Capacity, start)));
    }

    private sealed record Instance(PlanNetwork Network, double[] Demand, double[] Capacity)
    {
        public DrainFeasibility Flow { get; } = new(Network);

        public static Instance Random(int seed, double? pressure = null)
        {
            var random = new Random(seed);
            int cells = random.Next(1, 11), sites = random.Next(1, 7);
            List<int> starts = [0], candidates = [];
            for (int cell = 0; cell < cells; cell++)
            {
                int[] order = [.. Enumerable.Range(0, sites)];
                random.Shuffle(order);
                candidates.AddRange(order.Take(random.Next(1, sites + 1)));
                starts.Add(candidates.Count);
            }
            // Quarters are whole kbit/s and exact in binary, and 0.95 of multiples of 5 too: nothing is rounded.
            double[] demand = [.. Enumerable.Range(0, cells).Select(_ => random.Next(4) == 0 ? 0 : 0.25 * random.Next(400))];
            double room = Math.Max(5, demand.Sum()) / (pressure ?? (0.5 + random.NextDouble())) / sites;
            double[] capacity = [.. Enumerable.Range(0, sites).Select(_ => random.Next(5) == 0 ? 0 : 5 * Math.Round(room * (0.5 + random.NextDouble()) / 5))];
            return new Instance(new PlanNetwork(sites, [.. starts], [.. candidates], new double[candidates.Count]), demand, capacity);
        }

        public Feasibility Solve() => Flow.Solve(Demand, Capacity, new double[Network.CandidateCount]);

        /// <summary>By the theorem of P. Hall 1935 in its form for flows: the most that any set of cells asks for beyond all sites it may use.</summary>
        public double ShortByBruteForceMbps()
        {
            double most = 0;
            for (int set = 1; set < 1 << Demand.Length; set++)
            {
                var usable = new HashSet<int>();
                double asked = 0;
                for (int cell = 0; cell < Demand.Length; cell++)
                {
                    if ((set & (1 << cell)) == 0) continue;
                    asked += Demand[cell];
                    usable.UnionWith(Network.SitesOf(cell).ToArray());
                }
                most = Math.Max(most, asked - usable.Sum(site => Capacity[site] * DrainFeasibility.Fill));
            }
            return most;
        }
    }
}
