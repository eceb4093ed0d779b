using Scheduler.Core.Topology;
using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Protocol.Fleets;

public sealed class FleetJsonTests
{
    [Theory]
    [InlineData("", 1, 1, "is not JSON")]
    [InlineData("{", 1, 2, "is not JSON")]
    [InlineData("{\n  \"regions\": [],\n  \"sites\": [}", 3, 13, "is not JSON")]
    [InlineData("{\"regions\": [], }", 1, 17, "is not JSON")]
    [InlineData("{} {}", 1, 4, "is not JSON")]
    [InlineData("{ // comment\n}", 1, 3, "is not JSON")]
    [InlineData("{\"urls\": {\"hls\": \"\\ud800\"}}", 1, 18, "has an escape that is no character")]
    [InlineData("[]", 1, 1, "must be a mapping")]
    [InlineData("null", 1, 1, "must be a mapping")]
    public void A_document_that_cannot_be_read_is_one_problem(string text, int line, int column, string reason)
    {
        DocumentProblem problem = Assert.Single(FleetJson.Read(Encoding.UTF8.GetBytes(text)).Problems);
        Assert.Equal((line, column, ""), (problem.Line, problem.Column, problem.Field));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_has_its_line_and_column()
    {
        const string Text = """
            {
              "regions": [{"id": "europe", "name": 7}],
              "tariffs": [],
              "sites": [], "sites": [],
              "colour": "red"
            }
            """;
        Assert.Equal(
            [
                new DocumentProblem(2, 40, "regions[0].name", "must be text"),
                new DocumentProblem(4, 16, "sites", "is given twice"),
                new DocumentProblem(5, 3, "colour", "is not known here; known are regions, tariffs, sites, links, urls"),
            ],
            FleetJson.Read(Encoding.UTF8.GetBytes(Text)).Problems.ToArray());
    }

    [Theory]
    [InlineData("\"40G\"", true)]
    [InlineData("4e10", true)]
    [InlineData("40000000000.4", true)]
    [InlineData("\"lots\"", false)]
    [InlineData("true", false)]
    [InlineData("null", false)]
    [InlineData("[40]", false)]
    public void A_bit_rate_is_any_number_or_a_text_with_a_unit(string value, bool valid)
    {
        JsonNode document = JsonNode.Parse(FleetJson.Write(FleetSamples.Small))!;
        document["sites"]![1]!["nodes"]![0]!["capacity_bps"] = JsonNode.Parse(value);
        DocumentReadResult<Fleet> result = FleetJson.Read(Encoding.UTF8.GetBytes(document.ToJsonString()));
        Assert.Equal(valid, result.IsValid);
        if (valid) Assert.Equal(40_000_000_000, result.Value!.Nodes[1].Capacity.BitsPerSecond);
        else Assert.Equal("sites[1].nodes[0].capacity_bps", Assert.Single(result.Problems).Field);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_other_encodings_are_refused()
    {
        Assert.True(FleetJson.Read([0xEF, 0xBB, 0xBF, .. FleetJson.Write(FleetSamples.Small)]).IsValid);
        Assert.Equal("is not UTF-8", Assert.Single(FleetJson.Read("{\"é\": 1}"u8[..3]).Problems).Reason);
    }
}
