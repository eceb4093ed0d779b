using System.Text.Json;
using Scheduler.Simulator.Scenarios;
using Scheduler.Tests.Simulator;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Cli.Simulations;

public sealed class SimulateCommandTests : IDisposable
{
    private const string Small = "duration: 20\nmeasure_from: 5\nsites: 12\nnodes: 24\ncells: 30\nsessions: 500\nsession_length: 30\nstreams: 50\nreplicas: 2\n";

    private readonly ScratchDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [CheckoutWorldFact]
    public async Task One_policy_is_one_object_and_nothing_else_on_standard_output()
    {
        var first = new CliRun();
        var second = new CliRun();
        Assert.Equal(0, await first.RunAsync("simulate", Write(Small), "--json", "--seed", "3"));
        Assert.Equal(0, await second.RunAsync("simulate", Write(Small), "--json", "--seed", "3"));
        Assert.Equal(first.Out, second.Out);
        using JsonDocument result = JsonDocument.Parse(first.Out);
        Assert.Equal(("scheduler", 3), (result.RootElement.GetProperty("policy").GetString(), result.RootElement.GetProperty("seed").GetInt32()));
        Assert.DoesNotContain("decisions_per_s", first.Out, StringComparison.Ordinal);
        Assert.Contains("of 20 s", first.Error, StringComparison.Ordinal);
    }

    [CheckoutWorldFact]
    public async Task Several_policies_are_as_many_lines_in_the_order_asked_for_whatever_ends_first()
    {
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("simulate", Write(Small), "--json", "--policy", "scheduler,nearest,p2c"));
        string[] lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["scheduler", "nearest", "p2c"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("policy").GetString()));
        var alone = new CliRun();
        await alone.RunAsync("simulate", Write(Small), "--json", "--policy", "nearest");
        Assert.Equal(lines[1], alone.Out.TrimEnd('\n'));
    }

    [CheckoutWorldFact]
    public async Task People_get_a_table_of_the_file_s_own_policies()
    {
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("simulate", Write(Small + "policies: [nearest, waterfall]\n"), "--replicas", "3", "--routing", "region-bound", "--report-period", "2"));
        Assert.Contains("nearest", run.Out, StringComparison.Ordinal);
        Assert.Contains("waterfall", run.Out, StringComparison.Ordinal);
        Assert.Contains("cost above the lower bound", run.Out, StringComparison.Ordinal);
        Assert.Contains("3 replicas, region-bound routing, reports every 2 s", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_scenario_the_built_in_ones_are_listed()
    {
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("simulate"));
        Assert.All(BuiltInScenarios.All, scenario => Assert.Contains(scenario.Name, run.Out, StringComparison.Ordinal));
        var json = new CliRun();
        Assert.Equal(0, await json.RunAsync("simulate", "--list", "--json"));
        Assert.Equal(BuiltInScenarios.All.Length, json.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_built_in_scenario_is_printed_as_yaml()
    {
        var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("simulate", "storm", "--print"));
        Assert.StartsWith("name: storm\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("kind: reconnect-storm", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_scenario_is_refused_with_the_name_that_was_meant()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("simulate", "stedy"));
        Assert.Contains("is \"steady\" meant? `scheduler", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Printing_without_a_name_is_refused()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("simulate", "--print"));
        Assert.Contains("name a built-in scenario", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("--policy", "nearst", "is \"nearest\" meant?")]
    [InlineData("--replicas", "0", "[1, 16]")]
    [InlineData("--replicas", "17", "[1, 16]")]
    [InlineData("--report-period", "nan", "[0.1, 60]")]
    [InlineData("--cold-stream-ms", "-1", "[0, 1000]")]
    [InlineData("--routing", "randum", "random")]
    [InlineData("--seed", "-1", "[0, 2147483647]")]
    public async Task An_option_out_of_its_range_is_a_wrong_command_line(string option, string value, string reason)
    {
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("simulate", "steady", option, value));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [CheckoutWorldFact]
    public async Task A_bad_file_is_refused_with_every_problem_and_nothing_is_run()
    {
        string path = Write("replicas: 99\nzipf: x\n");
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("simulate", path));
        Assert.Contains($"{path}:1:11 replicas:", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{path}:2:7 zipf:", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
        var missing = new CliRun();
        Assert.Equal(1, await missing.RunAsync("simulate", path + ".yaml"));
        Assert.Contains("is not there", missing.Error, StringComparison.Ordinal);
    }

    [CheckoutWorldFact]
    public async Task Options_that_do_not_fit_the_file_are_refused()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("simulate", Write(Small + "faults: [{kind: replica-partition, at: 5, target: 2}]\n"), "--replicas", "1"));
        Assert.Contains("faults[0].target: must be the number of a replica, in [1, 1]", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    private string Write(string yaml)
    {
        string path = _folder.File("scenario.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
