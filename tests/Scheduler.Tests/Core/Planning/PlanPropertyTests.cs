using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Cost;
using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

public sealed class PlanPropertyTests
{
    private const double Gap = 1e-4;
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void A_plan_passes_the_independent_checker() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Random(seed, Pressure(seed)), Gap);
        Assert.Empty(PlanChecker.FaultsOf(plan.Problem, plan.TrafficMbps));
        Near(PlanChecker.CostOf(plan.Problem, plan.TrafficMbps), plan.Certificate.Cost, 1e-9);
    }).Check(Runs);

    [Fact]
    public void A_certificate_proves_the_gap_with_a_bound_that_the_checker_finds_too() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Random(seed, 0.7), Gap);
        Assert.InRange(plan.Certificate.Gap, 0, plan.Certificate.IsFeasible ? Gap : double.PositiveInfinity); // what does not fit may take longer to prove
        double naive = PlanChecker.BoundOf(plan.Problem, plan.Prices);
        Near(naive, DualBound.Of(plan.Problem, plan.Prices), 1e-6);
        Assert.True(plan.Certificate.LowerBound >= naive - (1e-6 * Math.Abs(naive)), "the best bound is no worse than the last one");
    }).Check(Runs);

    [Fact]
    public void Whatever_fits_is_proven_within_four_hundred_sweeps()
    {
        // Every one of them: stalls that strike one problem in fifty were not found by sixty at a time.
        int[] stalled = [.. Enumerable.Range(0, 2_000).Where(seed => PlanInstances.Solve(PlanInstances.Random(seed, 0.7), Gap, 400).Certificate is { IsFeasible: true, Gap: > Gap })];
        Assert.Empty(stalled);
    }

    [Theory]
    [InlineData(8_017)] // one step from a full site to an empty one crosses a knee and a commit
    [InlineData(36_860)] // the donor is just beyond its commit, and all that it has would fit elsewhere
    [InlineData(14_171)] // one cell, split among all of its ten sites
    public void A_step_that_goes_too_far_is_cut_until_it_does_not(int seed)
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Random(seed, 0.7), Gap, 300);
        Assert.True(plan.Certificate.IsFeasible);
        Assert.InRange(plan.Certificate.Gap, 0, Gap);
    }

    [Fact]
    public void No_feasible_plan_costs_less_than_a_bound() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, Pressure(seed));
        var random = new Random(seed);
        double bound = PlanInstances.Solve(problem, 1e-9, maxSweeps: 300).Certificate.LowerBound;
        double[] prices = [.. Enumerable.Range(0, problem.Network.SiteCount).Select(_ => 200 * random.NextDouble())];
        bound = Math.Max(bound, DualBound.Of(problem, prices));
        for (int i = 0; i < 20; i++)
        {
            double cost = PlanChecker.CostOf(problem, RandomTraffic(problem, random));
            Assert.True(cost >= bound, $"{cost} < {bound}");
        }
    }).Check(Runs);

    [Fact]
    public void Solving_is_deterministic() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        Plan first = PlanInstances.Solve(PlanInstances.Random(seed, 0.8), Gap), second = PlanInstances.Solve(PlanInstances.Random(seed, 0.8), Gap);
        Assert.Equal(first.TrafficMbps.ToArray(), second.TrafficMbps.ToArray());
        Assert.Equal(first.Certificate, second.Certificate);
    }).Check(Runs);

    [Fact]
    public void A_warm_start_ends_where_a_cold_one_does() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem before = PlanInstances.Random(seed, 0.7);
        var random = new Random(seed);
        double[] demand = [.. before.DemandMbps.ToArray().Select(mbps => random.Next(10) == 0 ? 50 : mbps * (0.5 + random.NextDouble()))];
        SiteTerms[] terms = [.. before.Terms.ToArray().Select(term => term with { CapacityMbps = random.Next(6) == 0 ? 0 : term.CapacityMbps * 1.6 })];
        var after = new PlanProblem(before.Network, demand, terms);
        var solver = new PathEquilibration(before.Network);
        solver.Start(before);
        solver.Solve(Gap);
        Plan last = solver.ToPlan();
        solver.Restart(after);
        PlanCertificate kept = solver.Solve(Gap, 600);
        solver.Restart(after, last);
        PlanCertificate resumed = solver.Solve(Gap, 600);
        PlanCertificate cold = PlanInstances.Solve(after, Gap, 600).Certificate;
        Near(cold.Cost, kept.Cost, 1.01 * Math.Max(cold.Gap, kept.Gap));
        Near(cold.Cost, resumed.Cost, 1.01 * Math.Max(cold.Gap, resumed.Gap));
        Assert.Empty(PlanChecker.FaultsOf(after, solver.ToPlan().TrafficMbps));
    }).Check(Runs);

    [Fact]
    public void More_capacity_never_costs_more() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem small = PlanInstances.Random(seed, 0.8, plain: true);
        SiteTerms[] terms = small.Terms.ToArray();
        terms[(int)((uint)seed % (uint)terms.Length)] = terms[(int)((uint)seed % (uint)terms.Length)] with { CapacityMbps = 2 * terms[(int)((uint)seed % (uint)terms.Length)].CapacityMbps };
        double before = PlanInstances.Solve(small, Gap).Certificate.Cost;
        double after = PlanInstances.Solve(new PlanProblem(small.Network, small.DemandMbps, terms), Gap).Certificate.LowerBound;
        Assert.True(after <= before * (1 + 1e-12), $"{after} > {before}");
    }).Check(Runs);

    [Fact]
    public void The_unit_of_traffic_does_not_matter() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.8, plain: true);
        double cost = PlanInstances.Solve(problem, Gap).Certificate.Cost;
        foreach (double unit in (double[])[1e-9, 1e7])
        {
            double[] demand = [.. problem.DemandMbps.ToArray().Select(mbps => mbps * unit)];
            SiteTerms[] terms = [.. problem.Terms.ToArray().Select(term => term with { CapacityMbps = term.CapacityMbps * unit })];
            Near(cost, PlanInstances.Solve(new PlanProblem(problem.Network, demand, terms), Gap).Certificate.Cost / unit, 1.01 * Gap);
        }
    }).Check(Runs);

    [Fact]
    public void The_cost_never_rises_from_sweep_to_sweep_while_no_capacity_binds() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.25, plain: true);
        SiteTerms[] roomy = [.. problem.Terms.ToArray().Select(term => term with { CapacityMbps = problem.TotalDemandMbps + 1 })];
        var solver = new PathEquilibration(problem.Network);
        solver.Start(new PlanProblem(problem.Network, problem.DemandMbps, roomy));
        double before = solver.Certify().Cost;
        for (int i = 0; i < 12; i++)
        {
            solver.Sweep();
            double cost = solver.Certify().Cost;
            Assert.True(cost <= before * (1 + 1e-13), $"sweep {i}: {cost} > {before}");
            before = cost;
        }
    }).Check(Runs);

    [Fact]
    public void The_bound_over_all_sites_is_no_higher_than_the_one_over_candidates() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.8, plain: true);
        PlanNetwork network = problem.Network;
        var costs = new double[network.CellCount * network.SiteCount];
        Array.Fill(costs, 500);
        for (int cell = 0; cell < network.CellCount; cell++)
            for (int i = 0; i < network.SitesOf(cell).Length; i++) costs[(cell * network.SiteCount) + network.SitesOf(cell)[i]] = network.CostsOf(cell)[i];
        Plan plan = PlanInstances.Solve(problem, Gap);
        Assert.True(DualBound.OverAllSites(problem, plan.Prices, costs) <= DualBound.Of(problem, plan.Prices));
    }).Check(Runs);

    private static double Pressure(int seed) => (uint)seed % 3 == 0 ? 1.3 : 0.75;

    private static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), 1e-12), $"{actual} is not {expected} within {relative}");

    private static double[] RandomTraffic(PlanProblem problem, Random random)
    {
        PlanNetwork network = problem.Network;
        var traffic = new double[network.CandidateCount];
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            int start = network.RowStarts[cell], end = network.RowStarts[cell + 1];
            int[] open = [.. Enumerable.Range(start, end - start).Where(k => problem.Terms[problem.Network.Sites[k]].CapacityMbps > 0)];
            if (open.Length == 0) open = [start];
            double[] weights = [.. open.Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0.001)];
            for (int i = 0; i < open.Length; i++) traffic[open[i]] = problem.DemandMbps[cell] * weights[i] / weights.Sum();
        }
        return traffic;
    }
}
