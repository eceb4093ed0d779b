using Scheduler.Core.Cost;
using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

public sealed class PathEquilibrationTests
{
    [Fact]
    public void Two_cells_on_two_sites_match_a_fine_grid()
    {
        PlanProblem problem = PlanInstances.Problem(PlanInstances.Full(2, 10, 40, 15, 30), [900, 500], [1_000, 800]);
        double best = double.PositiveInfinity;
        for (double first = 0; first <= 900; first += 1)
            for (double second = 0; second <= 500; second += 1)
                best = Math.Min(best, PlanChecker.CostOf(problem, [first, 900 - first, second, 500 - second]));
        Plan plan = PlanInstances.Solve(problem, 1e-9);
        Assert.InRange(plan.Certificate.Cost, best * (1 - 1e-4), best * (1 + 1e-9));
        Assert.InRange(plan.Certificate.LowerBound, 0, best);
    }

    [Fact]
    public void Three_cells_on_three_sites_match_a_fine_grid_with_a_commit()
    {
        PlanNetwork network = PlanInstances.Full(3, 5, 20, 60, 8, 25, 30, 50, 12, 9);
        SiteTerms[] terms = [new(300, LoadPenalty.Default, 3), new(250, LoadPenalty.Default, 0, new CommitTerm(100, 30)), new(400, LoadPenalty.Default)];
        var problem = new PlanProblem(network, [200, 150, 180], terms);
        double best = double.PositiveInfinity;
        var traffic = new double[9];
        foreach (double[] a in Splits(200)) foreach (double[] b in Splits(150)) foreach (double[] c in Splits(180))
        {
            (double[] Row, int Cell)[] rows = [(a, 0), (b, 1), (c, 2)];
            foreach ((double[] row, int cell) in rows)
                for (int i = 0; i < 3; i++) traffic[(3 * cell) + i] = row[network.SitesOf(cell)[i]];
            best = Math.Min(best, PlanChecker.CostOf(problem, traffic));
        }
        Plan plan = PlanInstances.Solve(problem, 1e-9);
        Assert.InRange(plan.Certificate.Cost, best * 0.98, best);
        Assert.InRange(plan.Certificate.LowerBound, best * 0.98, best);
    }

    [Fact]
    public void A_full_site_sheds_what_another_can_take_at_any_price()
    {
        // 790 ms away, far dearer than the penalty of a full site: a soft limit would run 12 % over.
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 790), [1_300], [1_000, 1_000]), 1e-4);
        Assert.True(plan.Certificate.IsFeasible);
        Assert.InRange(plan.LoadsMbps[0], 999, 1_000.001);
        Assert.True(plan.Prices[0] > 700, "the price tells what capacity is worth there");
        Assert.InRange(plan.Certificate.Gap, 0, 1e-4);
    }

    [Fact]
    public void What_cannot_fit_is_told_and_still_summed()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [3_000], [1_000, 1_000]), 1e-3);
        Assert.False(plan.Certificate.IsFeasible);
        Assert.Equal(1_000, plan.Overloads().Sum(overload => overload.OverMbps), 1e-3);
        Assert.Equal(plan.Certificate.MostOverloaded, plan.Overloads()[0]);
        Assert.Empty(PlanChecker.FaultsOf(plan.Problem, plan.TrafficMbps));
        Assert.InRange(plan.Certificate.Gap, 0, 1e-3);
    }

    [Fact]
    public void A_hair_too_much_is_told_too()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [2_000.2], [1_000, 1_000]), 1e-6, maxSweeps: 400);
        Assert.Equal(0.2, plan.Overloads().Sum(overload => overload.OverMbps), 1e-3);
        Assert.InRange(plan.Certificate.Gap, 0, 1e-6);
    }

    [Fact]
    public void A_closed_site_gets_nothing_while_there_is_another()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [3_000], [0, 1_000]), 1e-3);
        Assert.Equal(0, plan.LoadsMbps[0]);
        Assert.Null(plan.UtilisationOf(0));
        Assert.Equal(new SiteOverload(1, 2_000), plan.Certificate.MostOverloaded);
    }

    [Fact]
    public void A_cell_whose_sites_are_all_closed_is_told_as_overload_of_the_nearest()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [300], [0, 0]), 1e-3);
        Assert.Equal(new SiteOverload(0, 300), plan.Certificate.MostOverloaded);
        Assert.Equal(0, plan.Certificate.Gap, 1e-9);
        Assert.Empty(PlanChecker.FaultsOf(plan.Problem, plan.TrafficMbps));
    }

    [Theory]
    [InlineData(1e-6, 1e-6)]
    [InlineData(1e9, 2e9)]
    [InlineData(1e-6, 1e9)]
    [InlineData(500, 700)]
    public void One_site_takes_all(double demand, double capacity)
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(1, 12), [demand], [capacity]), 1e-6);
        Assert.Equal(demand, plan.TrafficMbps[0]);
        Assert.Equal((12 * demand) + (capacity * LoadPenalty.Default.Integral(demand / capacity)), plan.Certificate.Cost, 1e-9 * plan.Certificate.Cost);
        Assert.Equal(0, plan.Certificate.Gap, 1e-9);
    }

    [Fact]
    public void Tiny_and_huge_cells_share_a_plan()
    {
        PlanProblem problem = PlanInstances.Problem(PlanInstances.Full(3, 1, 2, 3, 3, 1, 2, 5, 5, 5), [1e-6, 1e9, 1], [1e-3, 2e9, 5e8]);
        Plan plan = PlanInstances.Solve(problem, 1e-6);
        Assert.InRange(plan.Certificate.Gap, 0, 1e-6);
        Assert.Empty(PlanChecker.FaultsOf(problem, plan.TrafficMbps));
    }

    [Fact]
    public void Without_demand_nothing_costs_anything()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [0], [100, 100]), 1e-3);
        Assert.Equal(0, plan.Certificate.Cost);
        Assert.Equal(0, plan.TrafficMbps[0] + plan.TrafficMbps[1]);
    }

    [Fact]
    public void Equal_costs_share_by_capacity()
    {
        Plan plan = PlanInstances.Solve(PlanInstances.Problem(PlanInstances.Full(2, 7, 7), [900], [400, 800]), 1e-9);
        Assert.Equal(plan.UtilisationOf(0)!.Value, plan.UtilisationOf(1)!.Value, 1e-3);
    }

    [Fact]
    public void A_commit_fills_up_before_it_is_paid_beyond()
    {
        SiteTerms[] terms = [new(1_000, LoadPenalty.Default, 0, new CommitTerm(300, 50)), new(1_000, LoadPenalty.Default)];
        Plan plan = PlanInstances.Solve(new PlanProblem(PlanInstances.Full(2, 5, 20), [500], terms), 1e-9);
        Assert.InRange(plan.LoadsMbps[0], 300, 320); // on the ramp of 20 Mbit/s, at the price of the other site
        Assert.Equal(5 + plan.Prices[0], 20 + plan.Prices[1], 1e-2);
    }

    [Fact]
    public void Solving_again_allocates_nothing()
    {
        PlanProblem problem = PlanInstances.Random(5, 0.8);
        var solver = new PathEquilibration(problem.Network);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            solver.Start(problem);
            solver.Solve(1e-3);
            solver.Restart(problem);
            solver.Solve(1e-4);
        }));
    }

    [Fact]
    public void A_network_refuses_rows_that_are_none()
    {
        Assert.Throws<ArgumentException>(() => new PlanNetwork(2, [0, 2], [1, 1], [5, 6]));
        Assert.Throws<ArgumentException>(() => new PlanNetwork(2, [0, 0], [], []));
        Assert.Throws<ArgumentException>(() => new PlanNetwork(2, [0, 1], [2], [5]));
        Assert.Throws<ArgumentException>(() => new PlanNetwork(2, [0, 1], [0], [double.NaN]));
        Assert.Throws<ArgumentException>(() => new PlanNetwork(2, [0, 2], [0], [1]));
    }

    [Fact]
    public void A_problem_refuses_numbers_out_of_range()
    {
        PlanNetwork network = PlanInstances.Full(1, 5);
        Assert.Throws<ArgumentException>(() => PlanInstances.Problem(network, [-1], [1]));
        Assert.Throws<ArgumentException>(() => PlanInstances.Problem(network, [1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => PlanInstances.Problem(network, [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new PathEquilibration(network).Start(PlanInstances.Problem(PlanInstances.Full(1, 5), [1], [1])));
    }

    [Fact]
    public void The_checker_sees_what_is_wrong()
    {
        PlanProblem problem = PlanInstances.Problem(PlanInstances.Full(2, 5, 20), [100], [1_000, 0]);
        Assert.Empty(PlanChecker.FaultsOf(problem, [100, 0]));
        Assert.Single(PlanChecker.FaultsOf(problem, [99, 0]));
        Assert.Single(PlanChecker.FaultsOf(problem, [50, 50]));
        Assert.Single(PlanChecker.FaultsOf(problem, [101, -1]));
    }

    private static IEnumerable<double[]> Splits(double demand)
    {
        const int Parts = 12;
        for (int i = 0; i <= Parts; i++)
            for (int j = 0; i + j <= Parts; j++) yield return [demand * i / Parts, demand * j / Parts, demand * (Parts - i - j) / Parts];
    }
}
