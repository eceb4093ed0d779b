using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Protocol.Policies;
using Scheduler.Tests.Architecture;
using Scheduler.Tests.Core.Geo;
using Scheduler.Tests.Core.Policies;

namespace Scheduler.Tests.Protocol.Policies;

public sealed class PolicyDocumentTests
{
    private const string Whole = """
        weights:
          cold_stream_ms: 6
          price_commits: true
        default_cell: GB-51n-000e-0001
        fences:
          - id: residency
            countries: [NO, DE]
            allow: {countries: [NO, DE], regions: [region-1]}
            reason: Personal data stays in the country
          - id: licence
            except_countries: [JP]
            deny: {sites: [s02], labels: ["tier=premium"]}
            reason: "Rights: Japan only"
        classes:
          - id: cup
            streams: ["cup-*", final]
            tenants: [acme]
            weights: {price_weight: 0}
            sites: {all: true}
        tariffs:
          - {id: dear, price_per_mbps: 12.5, commit_bps: 40G}
        overrides:
          - {prefix: 198.51.100.0/24, sites: [s01, s00]}
          - {prefix: "2001:db8::/32", cell: GB-51n-000e-0001}
        """;

    [Fact]
    public void A_document_is_a_policy()
    {
        DocumentReadResult<Policy> result = Read(Whole);
        Assert.Empty(result.Problems);
        Policy policy = result.Value!;
        Assert.Equal((6, true, "GB-51n-000e-0001"), (policy.Weights.Values["cold_stream_ms"], policy.Weights.PriceCommits, policy.DefaultCell));
        Assert.Equal("NO DE", string.Join(' ', policy.Fences[0].Countries)); // Norway, not "false"
        Assert.Equal((FenceRule.Allow, FenceRule.Deny), (policy.Fences[0].Rule, policy.Fences[1].Rule));
        Assert.Equal("tier=premium", policy.Fences[1].Sites.Labels[0].ToString());
        Assert.Equal("cup-* final", string.Join(' ', policy.Classes[0].Streams));
        Assert.Equal(0, policy.Classes[0].Weights.Values["price_weight"]);
        Assert.True(policy.Classes[0].Sites!.All);
        Assert.Equal(new TariffOverride("dear", 12.5, BitRate.FromGbps(40)), policy.Tariffs[0]);
        Assert.Equal("198.51.100.0/24", policy.Overrides[0].Prefix.ToString());
        Assert.Equal(new OverrideTarget.ToCell("GB-51n-000e-0001"), policy.Overrides[1].Target);
    }

    [Fact]
    public void What_is_written_reads_back_in_either_form() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        Fleet fleet = RandomPolicy.Fleet(random, random.Next(3, 12));
        byte[] json = PolicyJson.Write(RandomPolicy.Of(random, fleet));
        DocumentReadResult<Policy> read = PolicyJson.Read(json, fleet, TestMaps.Small);
        Assert.Empty(read.Problems);
        Assert.Equal(json, PolicyJson.Write(read.Value!));
        DocumentReadResult<Policy> yaml = PolicyYaml.Read(Encoding.UTF8.GetBytes(PolicyYaml.Write(read.Value!)), fleet, TestMaps.Small);
        Assert.Empty(yaml.Problems);
        Assert.Equal(json, PolicyJson.Write(yaml.Value!));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_empty_policy_reads_back()
    {
        Assert.Equal("{}", Encoding.UTF8.GetString(PolicyJson.Write(Policy.Empty)));
        Assert.Empty(PolicyJson.Read("{}"u8, null, null).Problems);
        Assert.Empty(Read(PolicyYaml.Write(Policy.Empty)).Problems);
    }

    [Fact]
    public void Every_problem_is_told_at_once_with_its_place()
    {
        DocumentReadResult<Policy> result = Read("""
            weights: {knee: 2, price_wieght: 1, near_ms: many}
            default_cell: nowhere
            fences:
              - {id: A, countries: [germany], deny: {sites: [gone, s00, s00]}, reason: r}
              - {id: b, countries: [DE], except_countries: [GB], allow: {}, reason: ""}
              - {id: b, countries: [DE], reason: r}
              - {id: c, countries: [DE], deny: {regions: [nowhere], countries: [ZA], labels: ["tier=none"]}, reason: r}
              - {id: d, countries: [DE], deny: {labels: ["?"]}, reason: r}
            classes:
              - {id: default, streams: ["a b"]}
              - {id: e}
              - {id: f, streams: [x-*], weights: {knee: 0.5, price_commits: true}}
              - {id: g, streams: [x-*], tenants: [Acme], sites: {sites: [gone]}}
              - {id: h, streams: [x-*]}
            tariffs:
              - {id: none, price_per_mbps: -1}
              - {id: flat}
            overrides:
              - {prefix: here, cell: nowhere}
              - {prefix: 192.0.2.0/24, sites: [gone], cell: x}
              - {prefix: 192.0.2.7/24, sites: []}
            surprise: 1
            """);
        string[] expected =
        [
            "1 weights.knee: must be in [0, 0.99]",
            "1 weights.near_ms: must be a number",
            "1 weights.price_wieght: is not known here",
            "2 default_cell: names no cell of the map: 'nowhere'",
            "4 fences[0].id: must be 1 to 32 characters",
            "4 fences[0].countries[0]: must be two upper-case letters",
            "4 fences[0].deny.sites[0]: names no site of the fleet: 'gone'",
            "4 fences[0].deny.sites[2]: names 's00' a second time",
            "5 fences[1]: must say whose viewers it is about: countries, or except_countries",
            "5 fences[1].allow: must name sites, regions, countries or labels, or be all: true",
            "5 fences[1].reason: must be 1 to 100 characters",
            "6 fences[2]: must have either allow, its only sites, or deny, the sites that it bars",
            "7 fences[3].deny.regions[0]: names no region of the fleet: 'nowhere'",
            "7 fences[3].deny.countries[0]: selects no site: none stands in that country",
            "7 fences[3].deny.labels[0]: selects no site: none has these labels",
            "8 fences[4].deny.labels[0]: must be key=value",
            "10 classes[0].id: is the name of the class of all other streams",
            "10 classes[0].streams[0]: may have the characters of stream names",
            "11 classes[1]: must say whose streams it is about: streams, tenants or both",
            "12 classes[2].weights.knee: is the same for all streams",
            "12 classes[2].weights.price_commits: is the same for all streams",
            "13 classes[3].tenants[0]: must be 1 to 32 characters",
            "13 classes[3].sites.sites[0]: names no site of the fleet: 'gone'",
            "14 classes[4].streams[0]: claims the same streams as classes[2].streams[0]",
            "16 tariffs[0].id: names no tariff of the fleet: 'none'",
            "16 tariffs[0].price_per_mbps: must be a number in [0, 1000000]",
            "17 tariffs[1]: must set price_per_mbps, commit_bps or both",
            "19 overrides[0].prefix: must be an address or a prefix",
            "19 overrides[0].cell: names no cell of the map: 'nowhere'",
            "20 overrides[1]: must have either cell, where the block is, or sites, which serve it",
            "21 overrides[2].prefix: is the same block as that of overrides[1]: 192.0.2.0/24",
            "21 overrides[2].sites: must name at least one site",
            "22 surprise: is not known here",
        ];
        string[] found = [.. result.Problems.Select(problem => $"{problem.Line} {problem.Field}: {problem.Reason}")];
        Assert.All(expected, line => Assert.Contains(found, problem => problem.StartsWith(line, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, found.Length);
    }

    [CheckoutFact]
    public void The_example_of_the_documentation_fits_the_sample_fleet_and_the_bundled_map()
    {
        Fleet fleet = FleetYaml.Read(File.ReadAllBytes(Path.Combine(Checkout.Root!, "geo-data/fleet.sample.yaml"))).Value!;
        Assert.True(CellMapCodec.TryRead(File.ReadAllBytes(Path.Combine(Checkout.Root!, "geo-data/world.cells")), out CellMap? map, out _));
        Assert.Empty(PolicyYaml.Read(File.ReadAllBytes(Path.Combine(Checkout.Root!, "docs/examples/policy.yaml")), fleet, map).Problems);
    }

    [CheckoutFact]
    public void The_page_tells_every_weight_with_its_default_and_range()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root!, "docs/policy.md"));
        Assert.All(PolicyWeight.All, weight => Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| `{weight.Name}` | {weight.Of(DispatchPolicy.Default):#,0.####} | {weight.Least} to {weight.Most:#,0.####} |"), page, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_fleet_and_map_names_are_not_looked_for()
    {
        string yaml = Whole.Replace("s02", "elsewhere", StringComparison.Ordinal).Replace("GB-51n-000e-0001", "nowhere", StringComparison.Ordinal);
        Assert.Empty(PolicyYaml.Read(Encoding.UTF8.GetBytes(yaml), null, null).Problems);
        Assert.Equal(3, Read(yaml).Problems.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("weights: 1")]
    [InlineData("fences: {a: 1}")]
    [InlineData("fences: [1]")]
    [InlineData("classes: [{id: x, streams: [[1]]}]")]
    [InlineData("a: &x 1")]
    [InlineData("weights: {knee: 0.5, knee: 0.6}")]
    public void What_is_no_policy_is_refused(string yaml) => Assert.NotEmpty(Read(yaml).Problems);

    private static DocumentReadResult<Policy> Read(string yaml) => PolicyYaml.Read(Encoding.UTF8.GetBytes(yaml), RandomPolicy.Fleet(new Random(1), 6), TestMaps.Small);
}
