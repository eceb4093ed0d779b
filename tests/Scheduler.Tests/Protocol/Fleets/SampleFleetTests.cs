using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Protocol.Fleets;

public sealed class SampleFleetTests
{
    private static readonly byte[] Bytes = File.ReadAllBytes(Path.Combine(Root(), "geo-data", "fleet.sample.yaml"));

    private static readonly Fleet Sample = Read();

    [Fact]
    public void It_is_large_enough_to_show_what_the_scheduler_does()
    {
        Assert.True(Bytes.Length < 250_000);
        Assert.InRange(Sample.Sites.Count(site => site.Kind == SiteKind.Idc), 8, int.MaxValue);
        Assert.InRange(Sample.Sites.Count(site => site.Kind == SiteKind.Pop), 90, int.MaxValue);
        Assert.InRange(Sample.Nodes.Length, 600, int.MaxValue);
    }

    [Fact]
    public void It_stands_on_every_inhabited_continent() =>
        Assert.Equal(6, Sample.Sites.Where(site => site.Kind == SiteKind.Pop).Select(site => Continents.Of(site.Country)).Distinct().Count());

    [Fact]
    public void Every_PoP_has_two_upstreams_and_a_link_to_each()
    {
        foreach (Site pop in Sample.Sites.Where(site => site.Kind == SiteKind.Pop))
        {
            Assert.Equal(2, pop.Upstreams.Length);
            Assert.Equal(pop.Upstreams.Order(), Sample.Links.Where(link => link.Pop == pop.Id).Select(link => link.Idc));
        }
    }

    [Theory]
    [InlineData("europe", 1)]
    [InlineData("north-america", 1)]
    [InlineData("asia", 6.5)]
    [InlineData("middle-east", 6.5)]
    [InlineData("africa", 8)]
    [InlineData("latin-america", 17)]
    [InlineData("oceania", 17)]
    public void Bandwidth_has_the_price_of_its_region(string region, double price)
    {
        Dictionary<string, double> prices = Sample.Tariffs.ToDictionary(tariff => tariff.Id, tariff => tariff.PricePerMbps);
        Site[] sites = [.. Sample.Sites.Where(site => site.Region == region)];
        Assert.NotEmpty(sites);
        Assert.All(sites, site => Assert.Equal(price, prices[site.Tariff]));
    }

    [Fact]
    public void Every_node_has_both_addresses_and_a_name_that_is_reserved_for_examples()
    {
        Assert.All(Sample.Nodes, node => Assert.NotNull(node.IPv4));
        Assert.All(Sample.Nodes, node => Assert.NotNull(node.IPv6));
        Assert.All(Sample.Nodes, node => Assert.EndsWith(".example", node.Host, StringComparison.Ordinal));
    }

    [Fact]
    public void It_names_what_the_documentation_names()
    {
        Assert.True(Sample.TryFindSite("ams", out _));
        Assert.Contains(Sample.Nodes, node => node is { Id: "lon1-03", Site: "lon1", Host: "lon1-03.edge.example" });
    }

    [Fact]
    public void Every_region_can_take_publishers_in_or_is_fed_from_one_that_can() =>
        Assert.All(Sample.Sites.Where(site => site.Kind == SiteKind.Idc),
            idc => Assert.Contains(Sample.Nodes, node => node.Site == idc.Id && node.Roles.HasFlag(NodeRoles.Ingest | NodeRoles.Origin)));

    private static Fleet Read()
    {
        DocumentReadResult<Fleet> result = FleetYaml.Read(Bytes);
        Assert.Empty(result.Problems);
        return result.Value!;
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduler.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
