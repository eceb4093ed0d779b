using System.Text;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Cli.Fleets;

public sealed class FleetGenerateCommandTests
{
    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    public async Task It_prints_a_valid_fleet_of_the_size_that_was_asked_for(string format)
    {
        DocumentReadResult<Fleet> read = Read(format, await Generate("--sites", "30", "--nodes", "120", "--format", format));
        Assert.Empty(read.Problems);
        Assert.Equal((30, 120), (read.Value!.Sites.Length, read.Value.Nodes.Length));
        Assert.Contains(read.Value.Sites, site => site.Kind == SiteKind.Idc);
    }

    [Fact]
    public async Task The_seed_decides_the_fleet()
    {
        string first = await Generate("--sites", "10", "--nodes", "30", "--seed", "7");
        Assert.Equal(first, await Generate("--sites", "10", "--nodes", "30", "--seed", "7"));
        Assert.NotEqual(first, await Generate("--sites", "10", "--nodes", "30", "--seed", "8"));
    }

    [Fact]
    public async Task Both_forms_are_the_same_fleet()
    {
        Fleet yaml = Read("yaml", await Generate("--sites", "10", "--nodes", "30")).Value!;
        Fleet json = Read("json", await Generate("--sites", "10", "--nodes", "30", "--json")).Value!;
        Assert.Equal(FleetYaml.Write(yaml), FleetYaml.Write(json));
    }

    [Fact]
    public async Task The_bundled_cities_carry_the_largest_fleet_there_may_be()
    {
        DocumentReadResult<Fleet> read = Read("json", await Generate("--sites", "4096", "--nodes", "100000", "--format", "json"));
        Assert.Equal(FleetLimits.Sites, read.Value?.Sites.Length);
    }

    [Theory]
    [InlineData("--nodes", "--sites", "30", "--nodes", "29")]
    [InlineData("--sites", "--sites", "4097", "--nodes", "100000")]
    [InlineData("--sites", "--sites", "0", "--nodes", "10")]
    [InlineData("--sites", "--nodes", "10")]
    [InlineData("--seed", "--sites", "1", "--nodes", "1", "--seed", "-1")]
    public async Task A_fleet_that_cannot_be_is_exit_code_2_and_names_the_option(string option, params string[] args)
    {
        var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync(["fleet", "generate", .. args]));
        Assert.Contains(option, cli.Error, StringComparison.Ordinal);
        Assert.Empty(cli.Out);
    }

    private static async Task<string> Generate(params string[] args)
    {
        var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync(["fleet", "generate", .. args]));
        Assert.False(cli.Server.HasMore);
        return cli.Out;
    }

    private static DocumentReadResult<Fleet> Read(string format, string document) =>
        format == "json" ? FleetJson.Read(Encoding.UTF8.GetBytes(document)) : FleetYaml.Read(document);
}
