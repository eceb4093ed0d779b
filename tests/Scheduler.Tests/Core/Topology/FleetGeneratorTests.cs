using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Tests.Core.Topology;

public sealed class FleetGeneratorTests
{
    private static readonly ImmutableArray<City> Cities = FleetSamples.GridOfCities();

    private static readonly Fleet Large = FleetGenerator.Generate(500, 10_000, Cities, 1);

    [Fact]
    public void A_generated_fleet_is_valid_and_has_the_size_asked_for()
    {
        Assert.Empty(FleetValidator.Validate(Large));
        Assert.Equal(500, Large.Sites.Length);
        Assert.Equal(10_000, Large.Nodes.Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(7, 7)]
    [InlineData(60, 61)]
    public void Small_fleets_are_valid_too(int sites, int nodes)
    {
        Fleet fleet = FleetGenerator.Generate(sites, nodes, Cities, 3);
        Assert.Empty(FleetValidator.Validate(fleet));
        Assert.Equal((sites, nodes), (fleet.Sites.Length, fleet.Nodes.Length));
    }

    [Fact]
    public void The_largest_fleet_is_within_the_limits()
    {
        City[] cities = [.. Enumerable.Range(0, 4_096).Select(i => new City($"C{i}", "DE", new((i / 64) - 32, i % 64), 1_000_000))];
        Assert.Empty(FleetValidator.Validate(FleetGenerator.Generate(FleetLimits.Sites, FleetLimits.Nodes, cities, 1)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_fleet_and_another_seed_another()
    {
        Fleet same = FleetGenerator.Generate(500, 10_000, [.. Cities.Reverse()], 1);
        Assert.Equal(Large.Nodes, same.Nodes.AsEnumerable());
        Assert.Equal(Large.Sites.Select(site => (site.Id, site.EgressCap, site.Tariff)), same.Sites.Select(site => (site.Id, site.EgressCap, site.Tariff)));
        Fleet other = FleetGenerator.Generate(500, 10_000, Cities, 2);
        Assert.NotEqual(Large.Sites.Select(site => site.EgressCap), other.Sites.Select(site => site.EgressCap));
    }

    [Fact]
    public void No_two_sites_are_closer_than_60_km()
    {
        for (int i = 0; i < Large.Sites.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.True(Large.Sites[i].Location.DistanceKm(Large.Sites[j].Location) >= 60, $"{Large.Sites[i].Id} {Large.Sites[j].Id}");
    }

    [Fact]
    public void IDCs_are_about_a_twelfth_and_two_or_more_a_continent()
    {
        Site[] idcs = [.. Large.Sites.Where(site => site.Kind == SiteKind.Idc)];
        Assert.InRange(idcs.Length, 35, 45);
        Assert.Equal(6, idcs.GroupBy(idc => Continents.Of(idc.Country)).Count(continent => continent.Count() >= 2));
    }

    [Fact]
    public void A_PoP_is_fed_by_its_two_nearest_IDCs_over_links()
    {
        Site[] idcs = [.. Large.Sites.Where(site => site.Kind == SiteKind.Idc)];
        foreach (Site pop in Large.Sites.Where(site => site.Kind == SiteKind.Pop))
        {
            double[] nearest = [.. idcs.Select(idc => idc.Location.DistanceKm(pop.Location)).Order().Take(2)];
            Assert.Equal(nearest, pop.Upstreams.Select(id => idcs.Single(idc => idc.Id == id).Location.DistanceKm(pop.Location)));
            Assert.Equal(pop.Upstreams.Order(), Large.Links.Where(link => link.Pop == pop.Id).Select(link => link.Idc));
        }
    }

    [Fact]
    public void Capacity_is_lognormal_around_the_share_of_the_population()
    {
        Dictionary<string, long> population = Cities.ToDictionary(city => city.Name, city => city.Population);
        double[] ratios = [.. Large.Sites.Where(site => site.EgressCap!.Value.Mbps > 20_000)
            .Select(site => Math.Log(site.EgressCap!.Value.Mbps / population[site.Place]))];
        double mean = ratios.Average();
        double sigma = Math.Sqrt(ratios.Average(ratio => (ratio - mean) * (ratio - mean)));
        Assert.InRange(sigma, 0.38, 0.52);
    }

    [Fact]
    public void The_nodes_of_a_site_can_carry_its_cap()
    {
        foreach (Site site in Large.Sites)
        {
            long nodes = Large.Nodes.Where(node => node.Site == site.Id).Sum(node => node.Capacity.BitsPerSecond);
            Assert.True(nodes >= site.EgressCap!.Value.BitsPerSecond, site.Id);
        }
    }

    [Fact]
    public void Too_few_cities_are_refused() =>
        Assert.Throws<ArgumentException>(() => FleetGenerator.Generate(10, 10, [.. Cities.Take(4)], 1));
}
