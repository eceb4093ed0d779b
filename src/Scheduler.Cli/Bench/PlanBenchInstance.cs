using System.Collections.Immutable;
using Scheduler.Core.Cost;
using Scheduler.Core.Geo;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Cli.Bench;

/// <summary>
/// A planning instance as a large platform would have it: cells at the largest cities of the world, their demand by population times a lognormal factor;
/// sites at the largest of those; cost by distance; capacity by the demand that is nearest, times a lognormal factor. 20 Tbit/s in all.
/// </summary>
internal sealed class PlanBenchInstance
{
    /// <summary>Candidates of a cell.</summary>
    public const int RowLength = 32;

    private const double TotalMbps = 20e6;
    private const double Pressure = 0.9 * 0.85; // demand over capacity, all over: peaks of single sites lie far above it
    private readonly double[] _demand;
    private readonly double[] _capacity;
    private readonly PlanNetwork _network;

    /// <summary>Makes the instance of a seed.</summary>
    /// <param name="cities">Cities by falling population, at least as many as cells.</param>
    /// <param name="cellCount">Number of cells.</param>
    /// <param name="siteCount">Number of sites, at least <see cref="RowLength"/>.</param>
    /// <param name="seed">Seed of the lognormal factors.</param>
    public PlanBenchInstance(ImmutableArray<City> cities, int cellCount, int siteCount, int seed)
    {
        var random = new Random(seed);
        _demand = [.. cities.Take(cellCount).Select(city => city.Population * Lognormal(random, 0.6))];
        Scale(_demand, TotalMbps);
        var local = new double[siteCount];
        _network = Network(cities, cellCount, siteCount, (cell, nearest) => local[nearest] += _demand[cell]);
        double least = 0.1 * TotalMbps / siteCount;
        _capacity = [.. local.Select(mbps => Math.Max(least, mbps) * Lognormal(random, 0.5))];
        Scale(_capacity, TotalMbps / Pressure);
        Problem = new PlanProblem(_network, _demand, _capacity, LoadPenalty.Default);
        double[] moved = [.. _demand.Select(mbps => mbps * (0.9 + (0.2 * random.NextDouble())))];
        Moved = new PlanProblem(_network, moved, _capacity, LoadPenalty.Default);
        double[] drained = [.. _capacity];
        drained[Array.IndexOf(drained, drained.Max())] = 0;
        Drained = new PlanProblem(_network, _demand, drained, LoadPenalty.Default);
    }

    /// <summary>The instance.</summary>
    public PlanProblem Problem { get; }

    /// <summary>The same with every cell's demand changed by up to 10 % either way.</summary>
    public PlanProblem Moved { get; }

    /// <summary>The same with its largest site gone.</summary>
    public PlanProblem Drained { get; }

    private static PlanNetwork Network(ImmutableArray<City> cities, int cellCount, int siteCount, Action<int, int> nearest)
    {
        int[] starts = [.. Enumerable.Range(0, cellCount + 1).Select(cell => cell * RowLength)];
        var sites = new int[cellCount * RowLength];
        var costs = new double[sites.Length];
        var all = new double[siteCount];
        var order = new int[siteCount];
        for (int cell = 0; cell < cellCount; cell++)
        {
            for (int site = 0; site < siteCount; site++)
            {
                double rtt = RttModel.EstimateMs(cities[cell].Location, cities[site].Location);
                (all[site], order[site]) = (SiteCost.Default.Of(rtt, 1), site);
            }
            Array.Sort(all, order);
            order.AsSpan(0, RowLength).CopyTo(sites.AsSpan(cell * RowLength));
            all.AsSpan(0, RowLength).CopyTo(costs.AsSpan(cell * RowLength));
            nearest(cell, order[0]);
        }
        return new PlanNetwork(siteCount, starts, sites, costs);
    }

    private static void Scale(double[] values, double total)
    {
        double factor = total / values.Sum();
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }

    private static double Lognormal(Random random, double sigma) =>
        Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
