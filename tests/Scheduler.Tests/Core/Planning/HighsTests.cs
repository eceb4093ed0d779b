using System.Text.Json;
using Scheduler.Cli.Plans;
using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

/// <summary>Instances that a linear-programming solver has solved; <c>Instances/README.md</c> tells how.</summary>
public sealed class HighsTests
{
    [Theory]
    [InlineData("random-60x12")]
    [InlineData("full-40x10")]
    public void The_objective_agrees_with_a_linear_programming_solver(string name)
    {
        using Stream file = typeof(HighsTests).Assembly.GetManifestResourceStream($"plan.{name}.json")!;
        using JsonDocument solved = JsonDocument.Parse(file);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(solved.RootElement.GetProperty("instance"));
        PlanProblem problem = PlanInstanceReader.Read(json, out _)!.Problem;
        PlanCertificate ours = PlanInstances.Solve(problem, 1e-5, 20_000).Certificate;
        double atLeast = solved.RootElement.GetProperty("at_least").GetDouble(), atMost = solved.RootElement.GetProperty("at_most").GetDouble();
        Assert.True(ours.IsFeasible);
        Assert.InRange(ours.Cost, atLeast * (1 - 1e-8), atMost * (1 + 5e-5));
        Assert.InRange(ours.LowerBound, atLeast * (1 - 5e-5), atMost * (1 + 1e-8));
    }
}
