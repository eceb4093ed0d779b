using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Core.Policies;

namespace Scheduler.Tests.Cli.Policies;

public sealed class PolicyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policy");

    [Fact]
    public async Task The_policy_is_printed_as_the_scheduler_has_it()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, "weights: {}\n", "application/yaml");
        Assert.Equal(0, await cli.RunAsync("policy", "get"));
        Assert.Equal("weights: {}\n", cli.Out);
        Assert.EndsWith("/v1/admin/policy?format=yaml", (await cli.Server.NextAsync()).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_set_upon_the_revision_that_was_seen()
    {
        string file = Write("p.yaml", "weights: {near_ms: 3}\n");
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """{"revision":8,"fences":0,"classes":0}""");
        Assert.Equal(0, await cli.RunAsync("policy", "set", file, "--if-revision", "7", "--yes"));
        FakeTransport.Call call = await cli.Server.NextAsync();
        Assert.Equal(("PUT", "\"7\"", "weights: {near_ms: 3}\n"), (call.Method, call.Headers["If-Match"], call.Body));
    }

    [Fact]
    public async Task A_file_is_checked_by_itself_or_against_a_fleet()
    {
        string policy = Write("p.yaml", "fences:\n  - {id: f, countries: [DE], deny: {sites: [gone]}, reason: r}\n");
        string fleet = Write("fleet.yaml", FleetYaml.Write(RandomPolicy.Fleet(new Random(1), 3)));
        Assert.Equal((0, $"{policy}: valid: 1 fences, 0 classes of streams"), await Validate(policy));
        Assert.Equal((1, $"{policy}:2:45 fences[0].deny.sites[0]: names no site of the fleet: 'gone'"), await Validate(policy, "--fleet", fleet));
        (int code, string json) = await Validate(policy, "--fleet", fleet, "--json");
        Assert.Equal((1, false, 1), (code, (bool)JsonNode.Parse(json)!["valid"]!, JsonNode.Parse(json)!["problems"]!.AsArray().Count));
        (code, string _) = await Validate(Path.Combine(_folder.FullName, "none.yaml"));
        Assert.Equal(1, code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int Code, string Output)> Validate(params string[] args)
    {
        var cli = new CliRun();
        int code = await cli.RunAsync(["policy", "validate", .. args]);
        return (code, cli.Out.Trim());
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
