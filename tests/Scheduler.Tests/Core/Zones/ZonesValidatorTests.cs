using System.Text;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Zones;
using Scheduler.Tests.Protocol.Dns;

namespace Scheduler.Tests.Core.Zones;

public sealed class ZonesValidatorTests
{
    [Theory]
    [InlineData("records: [{name: a, type: A, data: 192.0.2.256}]", "zones[0].records[0].data", "must be an IPv4 address")]
    [InlineData("records: [{name: a, type: AAAA, data: 192.0.2.1}]", "zones[0].records[0].data", "must be an IPv6 address")]
    [InlineData("records: [{name: a, type: MX, data: x}]", "zones[0].records[0].type", "must be one of A, NS, CNAME, TXT, AAAA, SVCB, HTTPS, CAA")]
    [InlineData("records: [{name: a.live.example.com, type: A, data: 192.0.2.1}]", "zones[0].records[0].name", "ends in the zone's own name without a dot")]
    [InlineData("records: [{name: a.example.org., type: A, data: 192.0.2.1}]", "zones[0].records[0].name", "is not in the zone live.example.com.")]
    [InlineData("records: [{name: a..b, type: A, data: 192.0.2.1}]", "zones[0].records[0].name", "must have labels of 1 to 63 characters")]
    [InlineData("records: [{name: a b, type: A, data: 192.0.2.1}]", "zones[0].records[0].name", "may have letters")]
    [InlineData("records: [{name: a, type: A, data: 192.0.2.1}, {name: A, type: A, data: 192.0.2.1}]", "zones[0].records[1]", "is there twice")]
    [InlineData("records: [{name: a, type: A, data: 192.0.2.1, ttl: 5}, {name: a, type: A, data: 192.0.2.2}]", "zones[0].records[1].ttl", "records of one name and type have one")]
    [InlineData("records: [{name: a, type: CNAME, data: b}, {name: a, type: TXT, data: b}]", "zones[0].records[0].name", "has a CNAME, beside which there may be nothing")]
    [InlineData("records: [{name: a, type: CNAME, data: b}, {name: a, type: CNAME, data: c}]", "zones[0].records[1]", "is a second CNAME")]
    [InlineData("records: [{name: '@', type: CNAME, data: b}]", "zones[0].records[0].type", "must not be CNAME at the zone's own name")]
    [InlineData("records: [{name: '@', type: NS, data: b}]", "zones[0].records[0].type", "name its servers in name_servers")]
    [InlineData("records: [{name: a, type: CNAME, data: b.live.example.com}]", "zones[0].records[0].data", "ends in the zone's own name without a dot")]
    [InlineData("records: [{name: s, type: NS, data: ns.s}, {name: x.s, type: TXT, data: y}]", "zones[0].records[1].name", "is delegated to other servers")]
    [InlineData("records: [{name: a, type: HTTPS, data: 0 b. port=5}]", "zones[0].records[0].data", "which an alias cannot have")]
    [InlineData("records: [{name: a, type: HTTPS, data: 1 . colour=red}]", "zones[0].records[0].data", "has a parameter that is not known: colour")]
    [InlineData("records: [{name: a, type: CAA, data: issue x}]", "zones[0].records[0].data", "must be flags, a tag and a value")]
    [InlineData("records: [{name: a, type: TXT, data: '\"open'}]", "zones[0].records[0].data", "has a quotation mark that nothing closes")]
    [InlineData("records: [{name: a, type: A, data: 192.0.2.1, ttl: 700000}]", "zones[0].records[0].ttl", "must be in [0, 604800]")]
    [InlineData("steered: [{name: a, most_ttl: 300}]", "zones[0].steered[0].most_ttl", "must be in [5, 60]")]
    [InlineData("steered: [{name: a, least_ttl: 20, most_ttl: 10}]", "zones[0].steered[0].most_ttl", "must be at least least_ttl")]
    [InlineData("steered: [{name: a, nodes: 9}]", "zones[0].steered[0].nodes", "must be in [1, 8]")]
    [InlineData("steered: [{name: a, protocols: [carrier-pigeon]}]", "zones[0].steered[0].protocols[0]", "must be one of")]
    [InlineData("steered: [{name: ns1}]", "zones[0].steered[0].name", "is answered by the decision and has A of zones[0].records[0] as well", "records: [{name: ns1, type: A, data: 192.0.2.1}]")]
    [InlineData("steered: [{name: a}, {name: A}]", "zones[0].steered[1].name", "is a steered name of zones[0].steered[0] too")]
    [InlineData("steered: [{name: a, class: gold}]", "zones[0].steered[0].class", "names no class of the policy")]
    [InlineData("colour: red", "zones[0].colour", "is not known here")]
    public void What_is_wrong_is_told_where_it_is(string members, string field, string reason, string more = "")
    {
        string yaml = $"zones:\n  - origin: live.example.com\n    name_servers: [ns.example.net.]\n    hostmaster: h@example.com\n    {members}\n    {more}\n";
        DocumentReadResult<ZoneSet> read = ZonesYaml.Read(Encoding.UTF8.GetBytes(yaml), Scheduler.Core.Policies.Policy.Empty);
        Assert.Contains(read.Problems, problem => problem.Field == field && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        const string yaml = """
            zones:
              - {origin: "*.example.com", name_servers: [], hostmaster: nobody}
              - {origin: live.example.com, name_servers: [ns1], hostmaster: a.b@example.com, ttl: -1}
              - {origin: LIVE.example.com, name_servers: [ns.], hostmaster: a@example.com}
              - {origin: a.live.example.com, name_servers: [ns.], hostmaster: a@example.com}
            """;
        Assert.Equal(
            ["zones[0].origin", "zones[1].hostmaster", "zones[1].name_servers[0]", "zones[1].ttl", "zones[2].origin"],
            ZonesYaml.Read(Encoding.UTF8.GetBytes(yaml), null).Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_written_reads_back_in_both_forms()
    {
        ZoneSet zones = ZonesYaml.Read(Encoding.UTF8.GetBytes(NameWorld.Zones), null).Value!;
        byte[] json = ZonesJson.Write(zones);
        Assert.Equal(json, ZonesJson.Write(ZonesJson.Read(json, null).Value!));
        Assert.Equal(json, ZonesJson.Write(ZonesYaml.Read(Encoding.UTF8.GetBytes(ZonesYaml.Write(zones)), null).Value!));
        Assert.Equal("{}", Encoding.UTF8.GetString(ZonesJson.Write(ZoneSet.Empty)));
        Assert.Empty(ZonesYaml.Read(Encoding.UTF8.GetBytes(ZonesYaml.Write(ZoneSet.Empty)), null).Problems);
    }

    [Fact]
    public void A_zone_within_another_has_its_names_for_itself()
    {
        const string yaml = """
            zones:
              - {origin: example.com, name_servers: [ns.], hostmaster: a@example.com, records: [{name: x.live, type: A, data: 192.0.2.1}]}
              - {origin: live.example.com, name_servers: [ns.], hostmaster: a@example.com}
            """;
        Assert.Contains("is in the zone live.example.com.", Assert.Single(ZonesYaml.Read(Encoding.UTF8.GetBytes(yaml), null).Problems).Reason, StringComparison.Ordinal);
    }
}
