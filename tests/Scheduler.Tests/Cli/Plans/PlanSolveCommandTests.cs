using System.Text.Json;

namespace Scheduler.Tests.Cli.Plans;

public sealed class PlanSolveCommandTests : IDisposable
{
    private const string Good = """
        {"sites":[{"id":"lon1","capacity_mbps":1000.0},{"id":"ams1","capacity_mbps":800}],
         "cells":[{"id":"c1","demand_mbps":9e2,"candidates":[[0,10],[1,40]]},{"id":"c2","demand_mbps":500,"candidates":[[1,30.5]]}],
         "penalty":{"linear":1,"knee":0.7,"knee_cost":100,"over_cost":5000}}
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task It_prints_objective_bound_gap_and_traffic_by_index()
    {
        (int code, CliRun run) = await Solve(Good, "--gap", "0.0001", "--json");
        Assert.Equal(0, code);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement;
        double objective = root.GetProperty("objective").GetDouble(), bound = root.GetProperty("lower_bound").GetDouble();
        Assert.InRange(bound, objective * (1 - 1e-4), objective);
        Assert.InRange(root.GetProperty("gap").GetDouble(), 0, 1e-4);
        Assert.True(root.GetProperty("feasible").GetBoolean());
        Assert.True(root.TryGetProperty("ms", out _) && root.TryGetProperty("sweeps", out _));
        double[][] x = [.. root.GetProperty("x").EnumerateArray().Select(triple => triple.EnumerateArray().Select(number => number.GetDouble()).ToArray())];
        Assert.Equal(900, x.Where(triple => triple[0] == 0).Sum(triple => triple[2]), 1e-6);
        Assert.Equal([1.0, 1.0, 500.0], x.Single(triple => triple[0] == 1));
    }

    [Fact]
    public async Task It_draws_the_fullest_sites_and_the_proof()
    {
        (int code, CliRun run) = await Solve(Good.Replace("1000.0", "100"));
        Assert.Equal(0, code);
        Assert.Contains("lon1", run.Out, StringComparison.Ordinal);
        Assert.Contains("no plan costs less than", run.Out, StringComparison.Ordinal);
        Assert.Contains("does not fit: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_penalty_may_be_left_out()
    {
        (int code, CliRun with) = await Solve(Good, "--json");
        (_, CliRun without) = await Solve(Good[..Good.LastIndexOf(',', Good.IndexOf("\"penalty\"", StringComparison.Ordinal))] + "}", "--json");
        Assert.Equal(0, code);
        Assert.Equal(Objective(with), Objective(without));
    }

    [Fact]
    public async Task It_tells_every_problem_at_once()
    {
        (int code, CliRun run) = await Solve("""
            {"sites":[{"id":"a","capacity_mbps":-1},{"id":"a","capacity_mbps":"x"}],
             "cells":[{"id":"c","demand_mbps":1,"candidates":[[0,1],[0,2],[7,1],[0.5,1],3]},{"demand_mbps":1e400,"candidates":[]},5],
             "penalty":{"knee":1}}
            """, "--json");
        Assert.Equal(1, code);
        Assert.Empty(run.Out);
        using JsonDocument json = JsonDocument.Parse(run.Error);
        string[] fields = [.. json.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];
        Assert.Equal(
            [
                "sites[0].capacity_mbps", "sites[1].id", "sites[1].capacity_mbps", "cells[0].candidates[1][0]", "cells[0].candidates[2][0]",
                "cells[0].candidates[3][0]", "cells[0].candidates[4]", "cells[1].id", "cells[1].demand_mbps", "cells[1].candidates", "cells[2]", "penalty.knee",
            ],
            fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sites":3,"cells":{},"penalty":[]}""")]
    public async Task What_is_no_instance_is_refused(string text)
    {
        (int code, CliRun run) = await Solve(text);
        Assert.Equal(1, code);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("plan", "solve", "--instance", _file + ".none"));
        Assert.NotEmpty(run.Error);
    }

    private static double Objective(CliRun run)
    {
        using JsonDocument json = JsonDocument.Parse(run.Out);
        return json.RootElement.GetProperty("objective").GetDouble();
    }

    private async Task<(int Code, CliRun Run)> Solve(string instance, params string[] options)
    {
        await File.WriteAllTextAsync(_file, instance);
        var run = new CliRun();
        return (await run.RunAsync(["plan", "solve", "--instance", _file, .. options]), run);
    }
}
