using System.Collections.Immutable;
using System.Net;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Topology;

public sealed class FleetValidatorTests
{
    [Fact]
    public void A_sound_fleet_has_no_problems() => Assert.Empty(FleetValidator.Validate(FleetSamples.Small));

    [Fact]
    public void An_empty_fleet_has_no_problems() => Assert.Empty(FleetValidator.Validate(Fleet.Empty));

    [Theory]
    [InlineData("")]
    [InlineData("Lon1")]
    [InlineData("-lon1")]
    [InlineData("lon_1")]
    [InlineData("an-id-of-more-than-thirty-two-characters")]
    public void A_site_id_has_a_narrow_alphabet(string id) =>
        Expect("sites[1].id", "must be 1 to 32 characters", WithPop(pop => pop with { Id = id }));

    [Fact]
    public void An_id_is_used_once()
    {
        Expect("regions[1].id", "same id as that of regions[0]", FleetSamples.Small with { Regions = [.. FleetSamples.Small.Regions, FleetSamples.Small.Regions[0]] });
        Expect("tariffs[1].id", "same id as that of tariffs[0]", FleetSamples.Small with { Tariffs = [.. FleetSamples.Small.Tariffs, FleetSamples.Small.Tariffs[0]] });
        Expect("sites[1].id", "same id as that of sites[0]", WithPop(pop => pop with { Id = "ams" }));
        Expect("sites[1].nodes[1].id", "same id as that of sites[1].nodes[0]", WithNode(node => node with { Id = "lon1-01" }));
    }

    [Fact]
    public void A_reference_must_lead_somewhere()
    {
        Expect("sites[1].region", "names no region of this fleet: 'mars'", WithPop(pop => pop with { Region = "mars" }));
        Expect("sites[1].tariff", "names no tariff of this fleet: 'free'", WithPop(pop => pop with { Tariff = "free" }));
        Expect("sites[1].upstreams[1]", "names no site of this fleet: 'par'", WithPop(pop => pop with { Upstreams = ["ams", "par"] }));
        Expect("nodes[2].site", "names no site of this fleet: 'lon9'", WithNode(node => node with { Site = "lon9" }));
        Expect("links[0].pop", "names no site of this fleet: 'lon9'", WithLink(link => link with { Pop = "lon9" }));
        Expect("links[0].idc", "names no site of this fleet: 'par'", WithLink(link => link with { Idc = "par" }));
    }

    [Fact]
    public void Upstreams_are_IDCs_and_only_PoPs_have_them()
    {
        Expect("sites[1].upstreams", "at least one IDC", WithPop(pop => pop with { Upstreams = [] }));
        Expect("sites[1].upstreams[1]", "names the PoP itself", WithPop(pop => pop with { Upstreams = ["ams", "lon1"] }));
        Expect("sites[1].upstreams[1]", "names 'ams' a second time", WithPop(pop => pop with { Upstreams = ["ams", "ams"] }));
        Expect("sites[0].upstreams", "must be empty for an IDC",
            FleetSamples.Small with { Sites = FleetSamples.Small.Sites.SetItem(0, FleetSamples.Small.Sites[0] with { Upstreams = ["ams"] }) });
        Site second = FleetSamples.Site("par1", SiteKind.Pop) with { Upstreams = ["lon1"] };
        Expect("sites[2].upstreams[0]", "must name an IDC; 'lon1' is a PoP", FleetSamples.Small with { Sites = FleetSamples.Small.Sites.Add(second) });
    }

    [Fact]
    public void A_fleet_without_IDCs_needs_no_upstreams() => Assert.Empty(FleetValidator.Validate(FleetSamples.Small with
    {
        Sites = [FleetSamples.Site("lon1", SiteKind.Pop)],
        Nodes = FleetSamples.Small.Nodes.RemoveAt(0),
        Links = [],
    }));

    [Fact]
    public void Coordinates_are_finite_and_on_the_globe()
    {
        Expect("sites[1].latitude", "[-90, 90]", WithPop(pop => pop with { Location = new(90.1, 0) }));
        Expect("sites[1].latitude", "[-90, 90]", WithPop(pop => pop with { Location = new(double.NaN, 0) }));
        Expect("sites[1].longitude", "[-180, 180]", WithPop(pop => pop with { Location = new(0, -180.5) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gb")]
    [InlineData("GBR")]
    public void A_country_is_two_upper_case_letters(string country) =>
        Expect("sites[1].country", "two upper-case letters", WithPop(pop => pop with { Country = country }));

    [Theory]
    [InlineData("")]
    [InlineData(" London")]
    [InlineData("Lon\u0007don")]
    [InlineData("Lon\uD800don")]
    public void A_place_is_readable_text(string place) => Expect("sites[1].place", "without control characters", WithPop(pop => pop with { Place = place }));

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(100_000_000_000_001L)]
    public void Capacities_are_over_zero_and_not_absurd(long bps)
    {
        Expect("sites[1].egress_cap_bps", bps > 0 ? "the most is" : "over 0", WithPop(pop => pop with { EgressCap = new BitRate(bps) }));
        Expect("sites[1].nodes[1].capacity_bps", bps > 0 ? "the most is" : "over 0", WithNode(node => node with { Capacity = new BitRate(bps) }));
        Expect("links[0].capacity_bps", bps > 0 ? "the most is" : "over 0", WithLink(link => link with { Capacity = new BitRate(bps) }));
    }

    [Fact]
    public void Prices_and_commits_are_in_range()
    {
        Tariff tariff = FleetSamples.Small.Tariffs[0];
        Expect("tariffs[0].price_per_mbps", "must be a number in", FleetSamples.Small with { Tariffs = [tariff with { PricePerMbps = -1 }] });
        Expect("tariffs[0].price_per_mbps", "must be a number in", FleetSamples.Small with { Tariffs = [tariff with { PricePerMbps = double.NaN }] });
        Expect("tariffs[0].commit_bps", "must be in", FleetSamples.Small with { Tariffs = [tariff with { Commit = new BitRate(-1) }] });
        Expect("links[0].price_per_mbps", "must be a number in", WithLink(link => link with { PricePerMbps = double.PositiveInfinity }));
    }

    [Fact]
    public void A_node_does_something_and_speaks_something()
    {
        Expect("sites[1].nodes[1].roles", "at least one", WithNode(node => node with { Roles = NodeRoles.None }));
        Expect("sites[1].nodes[1].roles", "at least one", WithNode(node => node with { Roles = (NodeRoles)64 }));
        Expect("sites[1].nodes[1].protocols", "at least one", WithNode(node => node with { Protocols = StreamProtocols.None }));
    }

    [Fact]
    public void Hosts_and_addresses_are_sound_and_used_once()
    {
        Expect("sites[1].nodes[1].host", "must be a host name", WithNode(node => node with { Host = "lon 1" }));
        Expect("sites[1].nodes[1].host", "same host as that of sites[1].nodes[0]", WithNode(node => node with { Host = "LON1-01.edge.example" }));
        Expect("sites[1].nodes[1].ipv4", "is not an IPv4 address", WithNode(node => node with { IPv4 = IPAddress.IPv6Loopback }));
        Expect("sites[1].nodes[1].ipv6", "is not an IPv6 address", WithNode(node => node with { IPv6 = IPAddress.Loopback }));
        Expect("sites[1].nodes[1].ipv4", "one host", WithNode(node => node with { IPv4 = IPAddress.Broadcast }));
        Expect("sites[1].nodes[1].ipv4", "one host", WithNode(node => node with { IPv4 = IPAddress.Any }));
        Expect("sites[1].nodes[1].ipv6", "one host", WithNode(node => node with { IPv6 = IPAddress.Parse("ff02::1") }));
        Expect("sites[1].nodes[1].ipv6", "one host", WithNode(node => node with { IPv6 = IPAddress.Parse("::ffff:192.0.2.1") }));
        IPAddress shared = IPAddress.Parse("192.0.2.1");
        Fleet twice = WithNode(node => node with { IPv4 = shared });
        Expect("sites[1].nodes[1].ipv4", "same address as that of sites[0].nodes[0]",
            twice with { Nodes = twice.Nodes.SetItem(0, twice.Nodes[0] with { IPv4 = shared }) });
    }

    [Fact]
    public void A_link_follows_an_upstream_once()
    {
        Expect("links[1].idc", "same link as links[0]", FleetSamples.Small with { Links = [FleetSamples.Small.Links[0], FleetSamples.Small.Links[0]] });
        Expect("links[0].idc", "leads from a site to itself", WithLink(link => link with { Idc = "lon1" }));
        Expect("links[0].idc", "leads from a site to itself", WithLink(link => link with { Pop = "ams" }));
        Fleet more = FleetSamples.Small with { Sites = FleetSamples.Small.Sites.Add(FleetSamples.Site("par", SiteKind.Idc)) };
        Expect("links[0].idc", "not among the upstreams of 'lon1'", more with { Links = [more.Links[0] with { Idc = "par" }] });
    }

    [Fact]
    public void A_link_may_join_two_IDCs_once_each_way()
    {
        Fleet more = FleetSamples.Small with { Sites = FleetSamples.Small.Sites.Add(FleetSamples.Site("par", SiteKind.Idc)) };
        BackhaulLink there = more.Links[0] with { Pop = "par", Idc = "ams" }, back = more.Links[0] with { Pop = "ams", Idc = "par" };
        Assert.DoesNotContain(FleetValidator.Validate(more with { Links = [more.Links[0], there, back] }), problem => problem.Field.StartsWith("links", StringComparison.Ordinal));
        Expect("links[2].idc", "same link as links[1]", more with { Links = [more.Links[0], there, there] });
    }

    [Fact]
    public void Labels_have_a_narrow_alphabet()
    {
        Expect("sites[1].labels", "has a key 'Tier'", WithPop(pop => pop with { Labels = Labels.None.Add("Tier", "x") }));
        Expect("sites[1].nodes[1].labels.rack", "must be 1 to 63", WithNode(node => node with { Labels = Labels.None.Add("rack", "a,b") }));
        Expect("sites[1].labels", "has 33 labels",
            WithPop(pop => pop with { Labels = Labels.None.AddRange(Enumerable.Range(0, 33).Select(i => KeyValuePair.Create($"k{i}", "v"))) }));
    }

    [Fact]
    public void An_address_template_needs_a_host() => Expect("urls.dash", "must contain {host}",
        FleetSamples.Small with { Urls = FleetSamples.Small.Urls.Add(StreamProtocols.Dash, "https://cdn.example/{stream}") });

    [Fact]
    public void Sizes_are_limited()
    {
        ImmutableArray<Region> regions = [.. Enumerable.Range(0, 65).Select(i => new Region($"r{i}", "R")), FleetSamples.Small.Regions[0]];
        Expect("regions", "has 66 entries; a fleet has at most 64", FleetSamples.Small with { Regions = regions });
        Expect("sites", "at most 4096", FleetSamples.Small with { Sites = [.. FleetSamples.Small.Sites, .. Enumerable.Range(0, 4_096).Select(i => FleetSamples.Site($"x{i}", SiteKind.Idc))] });
        Expect("sites", "at most 100000", FleetSamples.Small with { Nodes = [.. FleetSamples.Small.Nodes, .. Enumerable.Range(0, 100_000).Select(i => FleetSamples.Node($"n{i}", "ams"))] });
    }

    [Fact]
    public void Every_problem_is_told_at_once_and_the_list_is_closed_by_a_count()
    {
        Site broken = FleetSamples.Site("", SiteKind.Pop) with { Country = "?", Region = "?", Upstreams = ["ams"] };
        Fleet fleet = FleetSamples.Small with { Sites = [.. FleetSamples.Small.Sites, .. Enumerable.Repeat(broken, 500)] };
        ImmutableArray<FleetProblem> problems = FleetValidator.Validate(fleet);
        Assert.Equal(1_001, problems.Length);
        Assert.Equal(new FleetProblem("", "and 500 more"), problems[^1]);
        Assert.Equal(["sites[2].id", "sites[2].region", "sites[2].country", "sites[3].id"], problems.Take(4).Select(problem => problem.Field));
    }

    /// <summary>Exactly one problem in this field, for this reason; there may be others in other fields.</summary>
    private static void Expect(string field, string reason, Fleet fleet)
    {
        ImmutableArray<FleetProblem> problems = [.. FleetValidator.Validate(fleet).Where(problem => problem.Field == field)];
        FleetProblem problem = Assert.Single(problems);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    private static Fleet WithPop(Func<Site, Site> change) =>
        FleetSamples.Small with { Sites = FleetSamples.Small.Sites.SetItem(1, change(FleetSamples.Small.Sites[1])) };

    private static Fleet WithNode(Func<Node, Node> change) =>
        FleetSamples.Small with { Nodes = FleetSamples.Small.Nodes.SetItem(2, change(FleetSamples.Small.Nodes[2])) };

    private static Fleet WithLink(Func<BackhaulLink, BackhaulLink> change) =>
        FleetSamples.Small with { Links = [change(FleetSamples.Small.Links[0])] };
}
