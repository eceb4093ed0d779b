using System.CommandLine;
using System.Text.Json.Nodes;
using Scheduler.Cli;
using Scheduler.Cli.Fleets;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Cli.Fleets;

public sealed class FleetValidateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-validate");

    [Fact]
    public void A_valid_fleet_is_summed_up()
    {
        (int code, string output) = Run(Write("fleet.yaml", FleetYaml.Write(FleetSamples.Small)));
        Assert.Equal(0, code);
        Assert.EndsWith("valid: 1 regions, 1 IDCs, 1 PoPs, 3 nodes, 120 Gbit/s", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_a_line_that_an_editor_can_jump_to()
    {
        string file = Write("fleet.yaml", "regions: []\ntariffs: []\nsites:\n  - {id: X}\n");
        (int code, string output) = Run(file);
        Assert.Equal(1, code);
        Assert.Contains($"{file}:4:10 sites[0].id: must be 1 to 32 characters", output, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:5 sites[0].kind: is required", output, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_told_by_the_name_of_the_file_and_printed_on_demand()
    {
        (int code, string output) = Run(Write("fleet.json", "{\"regions\": 1, \"tariffs\": [], \"sites\": []}"), "--json");
        Assert.Equal(1, code);
        JsonNode verdict = JsonNode.Parse(output)!;
        Assert.False((bool)verdict["valid"]!);
        JsonNode problem = Assert.Single(verdict["problems"]!.AsArray())!;
        Assert.Equal((1, 13, "regions", "must be a list"), ((int)problem["line"]!, (int)problem["column"]!, (string)problem["field"]!, (string)problem["reason"]!));

        (code, output) = Run(Write("good.json", System.Text.Encoding.UTF8.GetString(FleetJson.Write(FleetSamples.Small))), "--json");
        Assert.Equal(0, code);
        Assert.Equal(120_000_000_000, (long)JsonNode.Parse(output)!["summary"]!["capacity_bps"]!);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        (int code, string output) = Run(Path.Combine(_folder.FullName, "none.yaml"));
        Assert.Equal(1, code);
        Assert.Contains("none.yaml", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var globals = new GlobalOptions();
        var root = new RootCommand { globals.Json, FleetValidateCommand.Create(globals) };
        int code = root.Parse(["validate", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }
}
