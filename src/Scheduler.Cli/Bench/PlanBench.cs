using System.Collections.Immutable;
using Scheduler.Cli.Geo;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Core.Topology;

namespace Scheduler.Cli.Bench;

/// <summary>
/// <c>plan-CELLSxSITES-cold</c>, <c>-warm</c> (demand changed by up to 10 % a cell) and <c>-drain</c> (the largest site gone): three instances each, to a gap
/// of 0.1 % that the solver's certificate proves. <c>-preview</c> is all that a drain of the largest site is judged by: the plan with and without it, the exact
/// flow, one more failure, each for two moments. The figure is the mean of the three, the gap the widest.
/// </summary>
internal sealed class PlanBench : IBench
{
    private const int Instances = 3;
    private const int Sites = 500;
    private const double Gap = 0.001;

    /// <inheritdoc/>
    public string Name => "plan";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        ImmutableArray<City> cities = BundledData.ReadCities();
        foreach (int cells in (int[])[2_000, 4_000])
        {
            PlanBenchInstance[] worlds = [.. Enumerable.Range(1, Instances).Select(seed => new PlanBenchInstance(cities, cells, Sites, seed))];
            PathEquilibration[] solvers = [.. worlds.Select(world => new PathEquilibration(world.Problem.Network))];
            Plan[] plans = [.. worlds.Select((world, i) => Cold(solvers[i], world))];
            string name = $"plan-{cells}x{Sites}";
            yield return Measure(name + "-cold", solvers, i => solvers[i].Start(worlds[i].Problem));
            yield return Measure(name + "-warm", solvers, i => solvers[i].Restart(worlds[i].Moved, plans[i]));
            yield return Measure(name + "-drain", solvers, i => solvers[i].Restart(worlds[i].Drained, plans[i]));
            yield return Preview(name + "-preview", worlds, plans);
        }
    }

    private static BenchResult Preview(string name, PlanBenchInstance[] worlds, Plan[] plans)
    {
        DrainPreviewer[] previewers = [.. worlds.Select(world => world.Problem.Network).Select(network =>
            new DrainPreviewer(network, network.CellCount, [.. network.Costs.ToArray().Select(cost => (float)cost)]))];
        double[][] drained = [.. worlds.Select(world => world.Drained.Terms.ToArray().Select(term => term.CapacityMbps).ToArray())];
        double[][] failed = [.. drained.Select(capacity => capacity.Select(mbps => mbps == capacity.Max() ? 0 : mbps).ToArray())];
        double widest = 0;
        BenchResult result = Measurement.Of(name, worlds.Length, () =>
        {
            long told = 0;
            for (int i = 0; i < worlds.Length; i++)
            {
                foreach (PlanProblem moment in (ReadOnlySpan<PlanProblem>)[worlds[i].Problem, worlds[i].Moved])
                {
                    previewers[i].Start(moment, plans[i].TrafficMbps);
                    DrainPreview preview = previewers[i].Preview(drained[i]);
                    widest = Math.Max(widest, preview.With.Gap);
                    told += preview.Receivers.Length + previewers[i].FeasibilityAt(failed[i], DrainFeasibility.FillInFailure).Bottlenecks.Length;
                }
            }
            return told;
        });
        return result with { Gap = widest };
    }

    private static Plan Cold(PathEquilibration solver, PlanBenchInstance world)
    {
        solver.Start(world.Problem);
        solver.Solve(Gap);
        return solver.ToPlan();
    }

    private static BenchResult Measure(string name, PathEquilibration[] solvers, Action<int> start)
    {
        double widest = 0;
        int sweeps = 0;
        BenchResult result = Measurement.Of(name, solvers.Length, () =>
        {
            sweeps = 0;
            for (int i = 0; i < solvers.Length; i++)
            {
                start(i);
                widest = Math.Max(widest, solvers[i].Solve(Gap).Gap);
                sweeps += solvers[i].Sweeps;
            }
            return sweeps;
        });
        return result with { Gap = widest, Sweeps = (double)sweeps / solvers.Length };
    }
}
