using System.Net;
using System.Text;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Protocol.Fleets;

public sealed class FleetYamlTests
{
    private const string Small = """
        urls: {hls: "https://{host}/{stream}.m3u8"}
        regions:
          - {id: europe, name: Europe}
        tariffs:
          - {id: flat, price_per_mbps: 1.5, billing: flat}
        sites:
          - id: osl
            kind: idc
            region: europe
            place: Oslo
            country: NO
            latitude: 59.91
            longitude: 10.75
            tariff: flat
            nodes:
              - {id: osl-01, capacity_bps: 100G, roles: [ingest, origin], protocols: [rtmp], host: osl-01.example}
          - id: lon1
            kind: pop
            region: europe
            place: London
            country: GB
            latitude: 51.5
            longitude: -0.13
            egress_cap_bps: 6e10
            tariff: flat
            upstreams: [osl]
            labels: {tier: metro}
            nodes:
              - {id: lon1-01, capacity_bps: 40000000000, roles: [edge], protocols: [hls, dash], host: lon1-01.example, ipv4: 192.0.2.1, ipv6: "2001:db8::1"}
        links:
          - {pop: lon1, idc: osl, capacity_bps: 400M, price_per_mbps: 0}
        """;

    [Fact]
    public void A_document_is_a_fleet()
    {
        DocumentReadResult<Fleet> result = FleetYaml.Read(Small);
        Assert.Empty(result.Problems);
        Fleet fleet = result.Value!;
        Assert.Equal(["lon1", "osl"], fleet.Sites.Select(site => site.Id));
        Assert.Equal("NO", fleet.Sites[1].Country); // Norway, not "false"
        Assert.Equal(BitRate.FromGbps(60), fleet.Sites[0].EgressCap);
        Assert.Equal("metro", fleet.Sites[0].Labels["tier"]);
        Node node = fleet.Nodes[0];
        Assert.Equal(("lon1-01", "lon1", BitRate.FromGbps(40)), (node.Id, node.Site, node.Capacity));
        Assert.Equal((NodeRoles.Edge, StreamProtocols.Hls | StreamProtocols.Dash), (node.Roles, node.Protocols));
        Assert.Equal((IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")), (node.IPv4, node.IPv6));
        Assert.Equal(new BackhaulLink("lon1", "osl", new BitRate(400_000_000), 0), fleet.Links[0]);
        Assert.Equal("https://{host}/{stream}.m3u8", fleet.Urls[StreamProtocols.Hls]);
    }

    [Theory]
    [InlineData("id: lon1\n", "id: LON\n", 17, 9, "sites[1].id", "must be 1 to 32 characters")]
    [InlineData("country: GB", "country: gb", 21, 14, "sites[1].country", "two upper-case letters")]
    [InlineData("latitude: 51.5", "latitude: north", 22, 15, "sites[1].latitude", "must be a number")]
    [InlineData("latitude: 51.5", "latitude: \"51.5\"", 22, 15, "sites[1].latitude", "must be a number")]
    [InlineData("latitude: 51.5", "latitude: 1e999", 22, 15, "sites[1].latitude", "must be a number")]
    [InlineData("latitude: 51.5", "latitude: .nan", 22, 15, "sites[1].latitude", "must be a number")]
    [InlineData("latitude: 51.5", "latitude: 95", 22, 15, "sites[1].latitude", "[-90, 90]")]
    [InlineData("    latitude: 51.5\n", "", 17, 5, "sites[1].latitude", "is required")]
    [InlineData("place: London", "place:", 20, 11, "sites[1].place", "is required and must not be empty")]
    [InlineData("place: London", "place: [London]", 20, 12, "sites[1].place", "must be text")]
    [InlineData("egress_cap_bps: 6e10", "egress_cap_bps: 60 parsecs", 24, 21, "sites[1].egress_cap_bps", "must be a bit rate")]
    [InlineData("egress_cap_bps: 6e10", "egress_cap_bps: -1", 24, 21, "sites[1].egress_cap_bps", "must be a bit rate of at least 0")]
    [InlineData("egress_cap_bps: 6e10", "egress_cap_bps: 1e400", 24, 21, "sites[1].egress_cap_bps", "must be a bit rate")]
    [InlineData("egress_cap_bps: 6e10", "egress_cap_bps: 200T", 24, 21, "sites[1].egress_cap_bps", "is 200 Tbit/s; the most is 100 Tbit/s")]
    [InlineData("egress_cap_bps: 6e10", "egress_cap_gbps: 60", 24, 5, "sites[1].egress_cap_gbps", "is not known here; known are id, kind")]
    [InlineData("upstreams: [osl]", "upstreams: [osl, ams]", 26, 22, "sites[1].upstreams[1]", "names no site of this fleet: 'ams'")]
    [InlineData("upstreams: [osl]", "upstreams: osl", 26, 16, "sites[1].upstreams", "must be a list")]
    [InlineData("labels: {tier: metro}", "labels: {tier: a b}", 27, 20, "sites[1].labels.tier", "must be 1 to 63")]
    [InlineData("labels: {tier: metro}", "labels: {tier: a, tier: b}", 27, 23, "sites[1].labels.tier", "is given twice")]
    [InlineData("roles: [edge]", "roles: [edge, cache]", 29, 64, "sites[1].nodes[0].roles[1]", "must be one of edge, ingest, origin")]
    [InlineData("roles: [edge]", "roles: [edge, edge]", 29, 64, "sites[1].nodes[0].roles[1]", "is named twice")]
    [InlineData("roles: [edge]", "roles: []", 29, 57, "sites[1].nodes[0].roles", "must have at least one")]
    [InlineData("ipv4: 192.0.2.1", "ipv4: 192.0.513", 29, 118, "sites[1].nodes[0].ipv4", "must be an IP address")]
    [InlineData("ipv4: 192.0.2.1", "ipv4: \"::1\"", 29, 118, "sites[1].nodes[0].ipv4", "is not an IPv4 address")]
    [InlineData("kind: pop", "kind: cdn", 18, 11, "sites[1].kind", "must be one of pop, idc")]
    [InlineData("kind: pop", "kind: pop\n    kind: idc", 19, 5, "sites[1].kind", "is given twice")]
    [InlineData("links:", "backhaul:", 30, 1, "backhaul", "is not known here")]
    [InlineData("{hls:", "{mp4:", 1, 8, "urls.mp4", "must be one of hls")]
    [InlineData("https://{host}", "https://cdn", 1, 13, "urls.hls", "must contain {host}")]
    public void A_problem_has_its_line_and_column(string text, string replacement, int line, int column, string field, string reason)
    {
        Assert.Contains(text, Small, StringComparison.Ordinal);
        int at = Small.LastIndexOf(text, StringComparison.Ordinal);
        DocumentReadResult<Fleet> result = FleetYaml.Read(Small[..at] + replacement + Small[(at + text.Length)..]);
        Assert.False(result.IsValid);
        DocumentProblem problem = Assert.Single(result.Problems, problem => problem.Field == field);
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_document()
    {
        string text = Small.Replace("country: NO", "country: Norway", StringComparison.Ordinal)
            .Replace("latitude: 51.5", "latitude: x", StringComparison.Ordinal)
            .Replace("tariff: flat\n    upstreams", "tariff: none\n    upstreams", StringComparison.Ordinal)
            .Replace("price_per_mbps: 0}", "price_per_mbps: 0, colour: red}", StringComparison.Ordinal);
        Assert.Equal(["sites[0].country", "sites[1].latitude", "sites[1].tariff", "links[0].colour"],
            FleetYaml.Read(text).Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void What_follows_from_a_problem_is_not_told_again()
    {
        string text = Small.Replace("      - {id: lon1-01, capacity_bps: 40000000000, roles: [edge], protocols: [hls, dash], host: lon1-01.example, ipv4: 192.0.2.1, ipv6: \"2001:db8::1\"}",
            "      - lon1-01", StringComparison.Ordinal);
        DocumentProblem problem = Assert.Single(FleetYaml.Read(text).Problems);
        Assert.Equal(new DocumentProblem(29, 9, "sites[1].nodes[0]", "must be a mapping"), problem);
    }

    [Fact]
    public void Problems_in_one_of_two_sites_with_the_same_id_are_told_of_the_right_one()
    {
        string text = Small.Replace("id: lon1\n", "id: osl\n", StringComparison.Ordinal).Replace("host: lon1-01.example", "host: lon1_01", StringComparison.Ordinal);
        DocumentProblem[] problems = [.. FleetYaml.Read(text).Problems];
        Assert.Contains(problems, problem => problem is { Line: 17, Field: "sites[1].id" });
        Assert.Contains(problems, problem => problem is { Line: 29, Field: "sites[1].nodes[0].host" });
    }

    [Theory]
    [InlineData("", 1, "must be a mapping")]
    [InlineData("# nothing\n", 1, "must be a mapping")]
    [InlineData("just text", 1, "must be a mapping")]
    [InlineData("- a\n- b", 1, "must be a mapping")]
    [InlineData("regions: [\n", 2, "is not YAML")]
    [InlineData("a: b: c", 1, "is not YAML")]
    [InlineData("a: 1\nb: \"c\nd: 2\n", 3, "(it began in line 2)")]
    [InlineData("regions: []\n\tsites: []", 2, "is not YAML")]
    [InlineData("regions: &r []\nsites: *r", 1, "has an anchor")]
    [InlineData("regions: *r", 1, "has an alias")]
    [InlineData("regions: !!seq []", 1, "has a tag")]
    [InlineData("regions: []\n---\nsites: []", 2, "holds a second document")]
    [InlineData("? [a, b]\n: c", 1, "has a name that is not text")]
    public void A_document_that_cannot_be_read_is_one_problem(string text, int line, string reason)
    {
        DocumentProblem problem = Assert.Single(FleetYaml.Read(text).Problems);
        Assert.Equal((line, ""), (problem.Line, problem.Field));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_read_with_or_without_a_byte_order_mark_and_must_be_UTF_8()
    {
        Assert.True(FleetYaml.Read(Encoding.UTF8.GetBytes(Small)).IsValid);
        Assert.True(FleetYaml.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small)]).IsValid);
        Assert.Equal("is not UTF-8", Assert.Single(FleetYaml.Read((byte[])[0xFF, 0xFE, 0x41, 0x00]).Problems).Reason);
    }
}
