using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Protocol.Fleets;

public sealed class HostileFleetDocumentTests
{
    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Equal("is nested over 16 levels deep", Only(FleetYaml.Read(new string('[', 1_000_000))));
        Assert.Equal("is nested over 16 levels deep", Only(FleetYaml.Read(string.Concat(Enumerable.Repeat("- ", 100_000)))));
        Assert.Equal("is nested over 16 levels deep", Only(FleetYaml.Read(string.Concat(Enumerable.Repeat("{a: ", 100_000)))));
        Assert.Equal("is nested over 16 levels deep", Only(FleetJson.Read(Encoding.UTF8.GetBytes(new string('[', 1_000_000)))));
    }

    [Fact]
    public void A_document_over_32_MB_is_refused_unread()
    {
        byte[] blanks = new byte[32_000_001];
        blanks.AsSpan().Fill((byte)' ');
        Assert.Equal("is longer than 32 MB", Only(FleetYaml.Read(blanks)));
        Assert.Equal("is longer than 32 MB", Only(FleetJson.Read(blanks)));
    }

    [Fact]
    public void A_document_of_nothing_but_values_is_refused()
    {
        string values = $"{{\"regions\":[{string.Join(',', Enumerable.Repeat("0", 3_000_001))}]}}";
        Assert.Equal("has over 3,000,000 values", Only(FleetJson.Read(Encoding.UTF8.GetBytes(values))));
    }

    [Fact]
    public void Aliases_are_never_expanded()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'z'; c++) bomb.Append(c).Append(": &").Append(c).Append(" [").Append(string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 9))).Append("]\n");
        Assert.Equal("has an anchor; everything is written out in full", Only(FleetYaml.Read(bomb.ToString())));
    }

    [Fact]
    public void A_flood_of_problems_is_cut_and_counted()
    {
        string text = $"{{regions: [{string.Join(", ", Enumerable.Repeat("x", 20_000))}], tariffs: [], sites: []}}";
        DocumentReadResult<Fleet> result = FleetYaml.Read(text);
        Assert.Equal(FleetProblems.Limit + 1, result.Problems.Length);
        Assert.Matches("^and [0-9,]+ more$", result.Problems[^1].Reason);
    }

    [Fact]
    public void Too_many_labels_are_one_problem()
    {
        string labels = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"BAD{i}\":\"?\""));
        DocumentReadResult<Fleet> result = FleetJson.Read(Encoding.UTF8.GetBytes($"{{\"regions\":[],\"tariffs\":[],\"sites\":[{{\"labels\":{{{labels}}}}}]}}"));
        Assert.Equal("has 100000 entries; the most is 32", Assert.Single(result.Problems, problem => problem.Field == "sites[0].labels").Reason);
    }

    [Fact]
    public void A_role_that_there_is_none_of_is_one_problem()
    {
        string yaml = FleetYaml.Write(FleetSamples.Small);
        int start = yaml.IndexOf("roles: [", StringComparison.Ordinal), end = yaml.IndexOf(']', start);
        DocumentProblem problem = Assert.Single(FleetYaml.Read(yaml[..start] + "roles: [egde" + yaml[end..]).Problems);
        Assert.EndsWith(".roles[0]", problem.Field, StringComparison.Ordinal);
        Assert.Equal("must be one of edge, ingest, origin", problem.Reason);
        Assert.EndsWith(".roles", Assert.Single(FleetYaml.Read(yaml[..start] + "roles: [" + yaml[end..]).Problems).Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData(".nan")]
    [InlineData(".inf")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("-1e30")]
    public void A_number_that_no_tariff_can_have_names_its_field(string number)
    {
        string yaml = FleetYaml.Write(FleetSamples.Small);
        int start = yaml.IndexOf("price_per_mbps: ", StringComparison.Ordinal) + "price_per_mbps: ".Length;
        int end = yaml.AsSpan(start).IndexOfAny(",}\n") + start;
        Assert.EndsWith("price_per_mbps", Assert.Single(FleetYaml.Read(yaml[..start] + number + yaml[end..]).Problems).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_fleet_that_is_allowed_is_read_and_one_node_more_is_refused()
    {
        Fleet Of(int nodes) => FleetSamples.Small with
        {
            Sites = [.. Enumerable.Range(0, 2_800).Select(i => FleetSamples.Site($"site-{i:0000}", SiteKind.Idc))],
            Nodes = [.. Enumerable.Range(0, nodes).Select(i => FleetSamples.Node($"node-{i:000000}", $"site-{i % 2_800:0000}"))],
            Links = [],
        };
        byte[] full = FleetJson.Write(Of(FleetLimits.Nodes));
        Assert.InRange(full.Length, 1_000_000, 32_000_000);
        Assert.Equal(FleetLimits.Nodes, FleetJson.Read(full).Value!.Nodes.Length);
        DocumentProblem problem = Assert.Single(FleetJson.Read(FleetJson.Write(Of(FleetLimits.Nodes + 1))).Problems);
        Assert.Equal(("sites", "holds 100001 nodes; a fleet has at most 100000"), (problem.Field, problem.Reason));
    }

    [Fact]
    public void A_long_or_strange_name_is_not_repeated_in_full()
    {
        string name = new string('x', 1_000_000) + "\\u0007";
        DocumentReadResult<Fleet> result = FleetJson.Read(Encoding.UTF8.GetBytes($"{{\"regions\":[],\"tariffs\":[],\"sites\":[],\"\\u001b[31m\":1,\"{name}\":1}}"));
        Assert.Equal(2, result.Problems.Length);
        Assert.Equal("?[31m", result.Problems[0].Field);
        Assert.All(result.Problems, problem => Assert.True(problem.Field.Length < 100));
    }

    [Fact]
    public void Broken_documents_give_problems_and_never_an_exception()
    {
        string yaml = FleetYaml.Write(FleetSamples.Small);
        byte[] json = FleetJson.Write(FleetSamples.Small);
        const string Odd = "{}[]:,-#&*!|>'\"%@`?\t\n\r \\\0\u0085\uFEFFx0~";
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = new StringBuilder(yaml);
            byte[] bytes = [.. json];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                int at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(20), text.Length - at));
                else text.Insert(at, Odd[random.Next(Odd.Length)]);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            return IsAnswer(FleetYaml.Read(text.ToString())) && IsAnswer(FleetYaml.Read(bytes)) && IsAnswer(FleetJson.Read(bytes));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static bool IsAnswer(DocumentReadResult<Fleet> result) =>
        result.IsValid != result.Problems.Any() && result.Problems.All(problem => problem is { Line: >= 1, Column: >= 1, Reason.Length: > 0 });

    private static string Only(DocumentReadResult<Fleet> result) => Assert.Single(result.Problems).Reason;
}
