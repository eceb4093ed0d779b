using Scheduler.Core.Cost;
using Scheduler.Core.Planning;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>
/// What nobody could undercut: each second the whole assignment is solved for the demand that is served then, with the capacity that there truly is, and the
/// dual value of that solution bounds every assignment from below. It knows what no policy can know, and moves everybody at no cost.
/// </summary>
internal sealed class BoundMeter
{
    /// <summary>Candidates of a cell in the problem that gives the prices; the bound itself looks at every site.</summary>
    private const int Candidates = 32;

    /// <summary>The prices are good enough when the problem is solved to this gap.</summary>
    private const double Gap = 1e-4;

    private const int MostSweeps = 60;

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly double[] _capacityMbps;
    private PlanNetwork _network;
    private PathEquilibration _solver;

    /// <summary>A meter over the world's costs as they are now.</summary>
    public BoundMeter(World world, NodeFarm farm)
    {
        (_world, _farm) = (world, farm);
        _capacityMbps = new double[world.Fleet.Sites.Length];
        _network = Network(world);
        _solver = new PathEquilibration(_network);
    }

    /// <summary>Takes in changed costs.</summary>
    public void Renew()
    {
        _network = Network(_world);
        _solver = new PathEquilibration(_network);
    }

    /// <summary>The optimum for a demand.</summary>
    /// <param name="cellMbps">Demand of each cell, Mbit/s.</param>
    public Plan PlanFor(ReadOnlySpan<double> cellMbps)
    {
        _solver.Restart(new PlanProblem(_network, cellMbps, Capacity(), LoadPenalty.Default));
        _solver.Solve(Gap, MostSweeps);
        return _solver.ToPlan();
    }

    /// <summary>Lower bound of the cost of serving a demand, ms-equivalents times Mbit/s.</summary>
    /// <param name="cellMbps">What is served of each cell, Mbit/s.</param>
    public double LowerBound(ReadOnlySpan<double> cellMbps)
    {
        Plan plan = PlanFor(cellMbps);
        return DualBound.OverAllSites(plan.Problem, plan.Prices, _world.Costs);
    }

    /// <summary>What the load costs that the sites carry now, ms-equivalents times Mbit/s.</summary>
    public double LoadCost()
    {
        double cost = 0;
        ReadOnlySpan<double> capacity = Capacity();
        for (int s = 0; s < capacity.Length; s++)
            if (capacity[s] > 0) cost += capacity[s] * LoadPenalty.Default.Integral(_farm.SiteEgressKbps[s] / 1_000.0 / capacity[s]);
        return cost;
    }

    private ReadOnlySpan<double> Capacity()
    {
        for (int s = 0; s < _capacityMbps.Length; s++) _capacityMbps[s] = _farm.SiteCapacityKbps[s] / 1_000.0;
        return _capacityMbps;
    }

    /// <summary>The world as a planning problem's network: the cheapest candidates of each cell, as costs are now.</summary>
    internal static PlanNetwork Network(World world)
    {
        int sites = world.Fleet.Sites.Length, width = Math.Min(Candidates, sites);
        var starts = new int[world.Cells.Length + 1];
        var named = new int[world.Cells.Length * width];
        var costs = new double[named.Length];
        var order = new int[sites];
        for (int c = 0; c < world.Cells.Length; c++)
        {
            double[] row = world.CostsOf(c).ToArray();
            for (int s = 0; s < sites; s++) order[s] = s;
            Array.Sort(row, order);
            for (int k = 0; k < width; k++) (named[(c * width) + k], costs[(c * width) + k]) = (order[k], row[k]);
            starts[c + 1] = (c + 1) * width;
        }
        return new PlanNetwork(sites, starts, named, costs);
    }
}
