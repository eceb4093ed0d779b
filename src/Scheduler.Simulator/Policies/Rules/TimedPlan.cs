using Scheduler.Core.Cost;
using Scheduler.Core.Planning;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>A plan that is solved anew every so often, by the product's own solver, on what the reports and the sessions tell.</summary>
internal sealed class TimedPlan
{
    private const double Gap = 1e-3;
    private const int MostSweeps = 200;

    private readonly long _everyMs;
    private readonly World _world;
    private readonly HeldDemand _demand;
    private readonly PlanNetwork _network;
    private readonly PathEquilibration _solver;
    private Plan? _plan;
    private long _madeAtMs;

    /// <summary>No plan yet.</summary>
    /// <param name="world">Gives the costs.</param>
    /// <param name="demand">Who is known to play.</param>
    /// <param name="everyMs">Time between two plans, ms; over 0.</param>
    public TimedPlan(World world, HeldDemand demand, long everyMs)
    {
        (_world, _demand, _network, _everyMs) = (world, demand, BoundMeter.Network(world), everyMs);
        _solver = new PathEquilibration(_network);
    }

    /// <summary>The plan in force.</summary>
    /// <param name="board">Tells the time, who is alive, and what he can carry.</param>
    public Plan At(ReportBoard board)
    {
        if (_plan is { } held && board.NowMs - _madeAtMs < _everyMs) return held;
        _madeAtMs = board.NowMs;
        var capacityMbps = new double[_world.Fleet.Sites.Length];
        for (int site = 0; site < capacityMbps.Length; site++) capacityMbps[site] = board.IsAlive(site) ? board.CapacityKbps(site) / 1_000.0 : 0;
        _solver.Restart(new PlanProblem(_network, _demand.CellMbps, capacityMbps, LoadPenalty.Default));
        _solver.Solve(Gap, MostSweeps);
        return _plan = _solver.ToPlan();
    }
}
