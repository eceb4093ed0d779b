using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Cost;
using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

/// <summary>Makes problems to be solved.</summary>
internal static class PlanInstances
{
    /// <summary>Seeds; a failure prints the one that failed.</summary>
    public static Arbitrary<int> Seeds { get; } = ArbMap.Default.ArbFor<int>();

    /// <summary>A network in which every cell may go everywhere, costs row by row.</summary>
    public static PlanNetwork Full(int sites, params double[] costs)
    {
        int cells = costs.Length / sites;
        int[] starts = [.. Enumerable.Range(0, cells + 1).Select(cell => cell * sites)];
        return new PlanNetwork(sites, starts, [.. Enumerable.Range(0, costs.Length).Select(k => k % sites)], costs);
    }

    /// <summary>A problem with the default penalty.</summary>
    public static PlanProblem Problem(PlanNetwork network, double[] demand, double[] capacity) => new(network, demand, capacity, LoadPenalty.Default);

    /// <summary>A random problem: rows of different lengths, some cells without demand, some sites closed, dearer or with a commit.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="pressure">Demand over capacity, roughly.</param>
    /// <param name="plain">True for one with neither closed sites nor further terms.</param>
    public static PlanProblem Random(int seed, double pressure, bool plain = false)
    {
        var random = new Random(seed);
        int cells = random.Next(1, 40), sites = random.Next(2, 12);
        List<int> starts = [0], candidates = [];
        List<double> costs = [];
        for (int cell = 0; cell < cells; cell++)
        {
            int[] order = [.. Enumerable.Range(0, sites)];
            random.Shuffle(order);
            foreach (int site in order.Take(random.Next(1, sites + 1)))
            {
                candidates.Add(site);
                costs.Add(Math.Round(random.NextDouble() * 150));
            }
            starts.Add(candidates.Count);
        }
        double[] demand = [.. Enumerable.Range(0, cells).Select(_ => random.Next(8) == 0 ? 0 : 10 + (1_000 * random.NextDouble()))];
        double mean = Math.Max(100, demand.Sum()) / pressure / sites;
        SiteTerms[] terms = [.. Enumerable.Range(0, sites).Select(_ =>
        {
            double capacity = mean * (0.5 + random.NextDouble());
            if (plain) return new SiteTerms(capacity, LoadPenalty.Default);
            CommitTerm? commit = random.Next(2) == 0 ? new CommitTerm(capacity * random.NextDouble(), 40 * random.NextDouble()) : null;
            return new SiteTerms(random.Next(8) == 0 ? 0 : capacity, LoadPenalty.Default, random.Next(3) == 0 ? 20 * random.NextDouble() : 0, commit);
        })];
        return new PlanProblem(new PlanNetwork(sites, [.. starts], [.. candidates], [.. costs]), demand, terms);
    }

    /// <summary>Solves cold.</summary>
    public static Plan Solve(PlanProblem problem, double gap, int maxSweeps = 3_000)
    {
        var solver = new PathEquilibration(problem.Network);
        solver.Start(problem);
        solver.Solve(gap, maxSweeps);
        return solver.ToPlan();
    }
}
