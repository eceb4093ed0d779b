using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Cost;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Tests.Core.Planning;

namespace Scheduler.Tests.Core.Drains;

public sealed class DrainPreviewerTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void What_is_drained_carries_nothing_and_every_cell_still_gets_its_demand() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.6);
        (DrainPreviewer previewer, double[] capacity, int target) = Start(problem, seed);
        previewer.Preview(capacity);
        var after = new PlanProblem(problem.Network, problem.DemandMbps, [.. problem.Terms.ToArray().Select((term, site) => term with { CapacityMbps = capacity[site] })]);
        Assert.Empty(PlanChecker.FaultsOf(after, previewer.TrafficMbps));
        bool isStranded = Enumerable.Range(0, problem.Network.CellCount).Any(cell => problem.Network.SitesOf(cell).ToArray().All(site => capacity[site] == 0));
        if (!isStranded) Assert.Equal(0, previewer.LoadsMbps[target]);
    }).Check(Runs);

    [Fact]
    public void It_costs_what_the_plan_without_the_target_costs() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.6);
        (DrainPreviewer previewer, double[] capacity, _) = Start(problem, seed);
        DrainPreview preview = previewer.Preview(capacity);
        var after = new PlanProblem(problem.Network, problem.DemandMbps, [.. problem.Terms.ToArray().Select((term, site) => term with { CapacityMbps = capacity[site] })]);
        PlanCertificate exact = PlanInstances.Solve(after, 1e-6).Certificate;
        if (!exact.IsFeasible || exact.Gap > 1e-4) return; // the reference itself has not settled
        Assert.InRange(preview.With.Gap, 0, 0.02); // a tight one may use up its sweeps, and says so
        Assert.InRange(preview.With.Cost, exact.LowerBound * (1 - 1e-9), exact.LowerBound / (1 - Math.Max(preview.With.Gap, 0.001)) * 1.0001);
    }).Check(Runs);

    [Fact]
    public void The_fullest_receiver_is_as_full_as_in_the_optimum() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.7, plain: true);
        (DrainPreviewer previewer, double[] capacity, _) = Start(problem, seed);
        DrainPreview preview = previewer.Preview(capacity);
        var after = new PlanProblem(problem.Network, problem.DemandMbps, capacity, LoadPenalty.Default);
        Plan exact = PlanInstances.Solve(after, 1e-9, maxSweeps: 5_000);
        if (preview.Fullest is not { } fullest || !exact.Certificate.IsFeasible || exact.Certificate.Gap > 1e-6 || exact.UtilisationOf(fullest.Site) is not > 0.75) return;
        Assert.Equal(exact.UtilisationOf(fullest.Site)!.Value, fullest.UtilisationAfter, 0.03); // above the knee a plan's loads are as good as fixed
    }).Check(Runs);

    [Fact]
    public void It_is_feasible_exactly_when_the_flow_says_so() => Prop.ForAll(PlanInstances.Seeds, seed =>
    {
        PlanProblem problem = PlanInstances.Random(seed, 0.6 + (0.1 * ((uint)seed % 5)));
        (DrainPreviewer previewer, double[] capacity, _) = Start(problem, seed);
        DrainPreview preview = previewer.Preview(capacity);
        double[] zero = new double[problem.Network.CandidateCount];
        double before = new DrainFeasibility(problem.Network).Solve(problem.DemandMbps, [.. problem.Terms.ToArray().Select(term => term.CapacityMbps)], zero).ShortMbps;
        double after = new DrainFeasibility(problem.Network).Solve(problem.DemandMbps, capacity, zero).ShortMbps;
        Assert.Equal(before, preview.ShortBeforeMbps);
        Assert.Equal(after, preview.After.ShortMbps);
        Assert.Equal(after <= before, preview.IsFeasible);
        Assert.Equal(after, previewer.FeasibilityAt(capacity).ShortMbps);
    }).Check(Runs);

    [Fact]
    public void Two_equal_neighbours_take_half_each_and_the_fuller_one_is_named()
    {
        // One cell, three equal sites; then the target, which is nearest, goes.
        PlanProblem problem = PlanInstances.Problem(PlanInstances.Full(3, 1, 21, 21), [100], [200, 100, 100]);
        DrainPreview preview = Preview(problem, [0, 100, 100], [3, 20, 20]);
        Assert.Equal(100, preview.MovedMbps, 6);
        Assert.Equal([50.0, 50.0], preview.Receivers.Select(receiver => Math.Round(receiver.AfterMbps, 3)));
        Assert.Equal(0.5, preview.Fullest!.Value.UtilisationAfter, 4);
        Assert.Equal(17, preview.Rtt.P50Ms, 4);
        Assert.Equal(17, preview.Rtt.MovedMeanMs, 4);
        Assert.True(preview.IsFeasible);
    }

    [Fact]
    public void What_was_short_before_is_not_the_fault_of_the_drain()
    {
        // The second cell is short of 5 whatever happens to site 0, whose cell has room elsewhere.
        var network = new PlanNetwork(3, [0, 2, 3], [0, 1, 2], [1, 2, 1]);
        PlanProblem problem = PlanInstances.Problem(network, [10, 100], [50, 50, 100]);
        DrainPreview preview = Preview(problem, [0, 50, 100], new float[3]);
        Assert.Equal(5, preview.ShortBeforeMbps, 3);
        Assert.True(preview.IsFeasible);
        Assert.False(Preview(problem, [50, 50, 99], new float[3]).IsFeasible);
    }

    [Fact]
    public void A_cell_that_loses_its_only_candidate_is_named()
    {
        var network = new PlanNetwork(2, [0, 1, 3], [0, 0, 1], [1, 1, 2]);
        PlanProblem problem = PlanInstances.Problem(network, [10, 10], [100, 100]);
        DrainPreview preview = Preview(problem, [0, 100], new float[3]);
        Assert.Equal(0, Assert.Single(preview.StrandedCells));
        Assert.Equal((10.0, false), (preview.ShortMbps, preview.IsFeasible));
    }

    [Fact]
    public void Load_that_no_session_explains_moves_with_the_cells_that_the_site_serves()
    {
        // Rows 0 and 1 are cells, of which site 0 serves the first; rows 2 and 3 are the sites' own.
        var network = new PlanNetwork(2, [0, 2, 4, 5, 6], [0, 1, 1, 0, 0, 1], [1, 9, 1, 9, 0, 0]);
        PlanProblem problem = PlanInstances.Problem(network, [30, 30, 20, 0], [200, 200]);
        var previewer = new DrainPreviewer(network, 2, [1, 9, 1, 9]);
        previewer.Start(problem, PlanInstances.Solve(problem, 1e-4).TrafficMbps);
        DrainPreview preview = previewer.Preview([0, 200]);
        Assert.Equal(50, preview.MovedMbps, 6);
        Assert.Equal(80, previewer.LoadsMbps[1], 6);
        Assert.Empty(preview.StrandedCells);
        previewer.Preview([100, 200]); // half of its nodes: half of what is not explained
        Assert.Equal(80, previewer.LoadsMbps[0] + previewer.LoadsMbps[1], 6);
        Assert.Equal(10, previewer.TrafficMbps[4], 6);
    }

    [Fact]
    public void Where_it_serves_no_known_cell_the_nearest_one_takes_what_is_not_explained()
    {
        var network = new PlanNetwork(2, [0, 2, 4, 5, 6], [0, 1, 1, 0, 0, 1], [1, 9, 1, 9, 0, 0]);
        PlanProblem problem = PlanInstances.Problem(network, [0, 0, 20, 0], [200, 200]);
        var previewer = new DrainPreviewer(network, 2, [1, 9, 1, 9]);
        previewer.Start(problem, PlanInstances.Solve(problem, 1e-4).TrafficMbps);
        previewer.Preview([0, 200]);
        Assert.Equal(20, previewer.TrafficMbps[1], 6);
    }

    [Fact]
    public void A_preview_allocates_nothing_by_candidate_once_it_runs()
    {
        const int Cells = 300, Sites = 60;
        var random = new Random(1);
        PlanNetwork network = PlanInstances.Full(Sites, [.. Enumerable.Range(0, Cells * Sites).Select(_ => 100 * random.NextDouble())]);
        PlanProblem problem = PlanInstances.Problem(network, [.. Enumerable.Repeat(10.0, Cells)], [.. Enumerable.Repeat(80.0, Sites)]);
        (DrainPreviewer previewer, double[] capacity, _) = Start(problem, 7);
        Assert.InRange(Allocated.Bytes(() => previewer.Preview(capacity)), 1, network.CandidateCount * 2);
    }

    private static DrainPreview Preview(PlanProblem problem, double[] capacity, float[] rtts)
    {
        var previewer = new DrainPreviewer(problem.Network, problem.Network.CellCount, rtts);
        previewer.Start(problem, PlanInstances.Solve(problem, 1e-4).TrafficMbps);
        return previewer.Preview(capacity);
    }

    /// <summary>A previewer at a problem, and its capacities without one site that is open.</summary>
    private static (DrainPreviewer Previewer, double[] Capacity, int Target) Start(PlanProblem problem, int seed)
    {
        var previewer = new DrainPreviewer(problem.Network, problem.Network.CellCount, new float[problem.Network.CandidateCount]);
        previewer.Start(problem, PlanInstances.Solve(problem, 0.01).TrafficMbps);
        double[] capacity = [.. problem.Terms.ToArray().Select(term => term.CapacityMbps)];
        int[] open = [.. Enumerable.Range(0, capacity.Length).Where(site => capacity[site] > 0)];
        int target = open.Length == 0 ? 0 : open[(uint)seed % (uint)open.Length];
        capacity[target] = 0;
        return (previewer, capacity, target);
    }
}
