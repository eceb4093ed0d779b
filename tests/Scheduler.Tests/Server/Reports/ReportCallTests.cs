using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Reports;

/// <summary><c>POST /v1/reports</c>.</summary>
public sealed class ReportCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task A_batch_is_answered_in_the_shape_of_the_contract()
    {
        JsonElement answer = (await Post(LiveScheduler.Report("p00-00", 10), LiveScheduler.Report("p01-00", 10))).Succeeds().Json;
        Assert.Equal(["accepted", "escrow", "interval_ms", "rejected", "sites"], answer.EnumerateObject().Select(m => m.Name).Order());
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(0, answer.GetProperty("rejected").GetArrayLength());
        Assert.Equal(100, answer.GetProperty("interval_ms").GetInt32());
        Assert.Equal(1, answer.GetProperty("escrow").GetProperty("weights").GetProperty("1").GetDouble());
        Assert.Equal(["p00", "p01"], answer.GetProperty("sites").EnumerateObject().Select(s => s.Name).Order());
        Assert.Equal("open", answer.GetProperty("sites").GetProperty("p00").GetString());
    }

    [Fact]
    public async Task What_a_node_reports_is_what_operators_see()
    {
        (await Post("""
            {"node":"p01-01","incarnation":1,"sequence":50,"at":"2020-01-01T00:00:00Z","capacity_bps":8e8,"egress_bps":2.5e8,"sessions":83,"cpu":0.41,"memory":0.5,
             "state":"serving","streams":[{"id":"live-42","viewers":10,"egress_bps":6e7}],"by_replica":{"1":{"sessions":83,"egress_bps":2.5e8}},"escrow_epoch":1,
             "limits":[{"type":"sessions","hard":12000,"soft":10000,"current":83}],"ingress_bps":3e6,"pulls":[{"upstream":"p00","bps":3e6,"streams":2}],"colour":1}
            """)).Succeeds();
        await LiveScheduler.UntilAsync(async () => await scheduler.ReportedSessionsAsync("p01-01") == 83, "seen");
        Assert.Equal(250_000_000, (await Node("p01-01")).GetProperty("load_bps").GetInt64());
    }

    [Fact]
    public async Task A_bad_report_is_rejected_by_index_and_spoils_no_other()
    {
        JsonElement answer = (await Post(
            LiveScheduler.Report("p00-00", 20),
            LiveScheduler.Report("nowhere-01"),
            """{"node":"p00-01","incarnation":-1,"sequence":1,"capacity_bps":"much","egress_bps":0,"sessions":0,"state":"asleep"}""",
            LiveScheduler.Report("p01-00", 20))).Succeeds().Json;
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        var rejected = answer.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("field").GetString())).ToArray();
        Assert.Equal([(1, "node"), (2, "capacity_bps"), (2, "incarnation"), (2, "state")], rejected.OrderBy(r => r.Item1).ThenBy(r => r.Item2, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("capacity_bps", "-1")]
    [InlineData("capacity_bps", "1e30")]
    [InlineData("egress_bps", "null")]
    [InlineData("sessions", "1.5e10")]
    [InlineData("state", "\"up\"")]
    [InlineData("incarnation", "\"1\"")]
    [InlineData("incarnation", "1e30")]
    [InlineData("incarnation", "9223372036854775808")]
    [InlineData("sequence", "-1")]
    [InlineData("sequence", "1e400")]
    [InlineData("capacity_bps", "1e400")]
    [InlineData("capacity_bps", "-1e400")]
    [InlineData("egress_bps", "-0.6")]
    [InlineData("egress_bps", "[]")]
    [InlineData("sessions", "-1")]
    [InlineData("sessions", "true")]
    [InlineData("node", "\"\"")]
    [InlineData("node", "\"../../etc/passwd\"")]
    [InlineData("node", "\"p00-01\\u0000\"")]
    public async Task A_value_that_cannot_be_is_rejected_by_field(string field, string value)
    {
        string[] members = ["\"node\":\"p00-01\"", "\"incarnation\":99", "\"sequence\":1", "\"capacity_bps\":1e9", "\"egress_bps\":0", "\"sessions\":0", "\"state\":\"serving\""];
        string report = "{" + string.Join(',', members.Select(m => m.StartsWith($"\"{field}\"", StringComparison.Ordinal) ? $"\"{field}\":{value}" : m)) + "}";
        JsonElement answer = (await Post(report)).Succeeds().Json;
        Assert.Equal(0, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(field, Assert.Single(answer.GetProperty("rejected").EnumerateArray()).GetProperty("field").GetString());
    }

    [Fact]
    public async Task Minus_nothing_is_nothing() => Assert.Equal(1, (await Post(
        LiveScheduler.Report("p02-01", 2).Replace("\"egress_bps\":0", "\"egress_bps\":-0", StringComparison.Ordinal))).Succeeds().Json.GetProperty("accepted").GetInt32());

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("+1")]
    [InlineData("0x10")]
    [InlineData("\"\\ud800\"")]
    public async Task What_no_JSON_is_refuses_the_batch(string value) => (await Post(
        LiveScheduler.Report("p02-01", 3).Replace("\"egress_bps\":0", $"\"egress_bps\":{value}", StringComparison.Ordinal))).Refuses(400, "invalid-request", "body");

    [Fact]
    public async Task Out_of_order_again_and_from_the_future_leave_the_newest_word()
    {
        string At(string at) => $",\"at\":\"{at}\"";
        (await Post(
            LiveScheduler.Report("p02-00", 1_000, At("2020-01-01T00:00:00Z")),
            LiveScheduler.Report("p02-00", 1_002, At("9999-12-31T23:59:59Z")).Replace("\"sessions\":0", "\"sessions\":7", StringComparison.Ordinal),
            LiveScheduler.Report("p02-00", 1_001),
            LiveScheduler.Report("p02-00", 1_002),
            LiveScheduler.Report("p02-00", 1_000))).Succeeds();
        await LiveScheduler.UntilAsync(async () => await scheduler.ReportedSessionsAsync("p02-00") == 7, "seen");
    }

    [Fact]
    public async Task A_key_reports_for_its_own_sites_only()
    {
        Answer answer = await scheduler.CallAsync(
            scheduler.Key(ApiKeyKind.Reporter), "POST", "/v1/reports", Batch(LiveScheduler.Report("p00-00", 30), LiveScheduler.Report("p02-00", 30)));
        Assert.Equal(1, answer.Succeeds().Json.GetProperty("accepted").GetInt32());
        JsonElement rejected = Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, "node"), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("{}", "reports")]
    [InlineData("""{"reports":7}""", "reports")]
    public async Task A_body_that_is_no_batch_is_refused(string body, string field) =>
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/reports", body)).Refuses(400, "invalid-request", field);

    [Fact]
    public async Task Nine_megabytes_are_too_many() =>
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/reports", new byte[9 << 20])).Refuses(413, "body-too-large");

    [Fact]
    public async Task Five_thousand_reports_are_taken_and_one_more_refuses_the_batch()
    {
        string[] many = [.. Enumerable.Range(100, 5_000).Select(i => LiveScheduler.Report("p02-01", i))];
        Assert.Equal(5_000, (await Post(many)).Succeeds().Json.GetProperty("accepted").GetInt32());
        (await Post([.. many, LiveScheduler.Report("p02-01", 9_000)])).Refuses(400, "invalid-request", "reports");
    }

    private Task<Answer> Post(params string[] reports) => scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/reports", Batch(reports));

    private static string Batch(params string[] reports) => $$"""{"reports":[{{string.Join(',', reports)}}]}""";

    private async Task<JsonElement> Node(string id) => (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", $"/v1/admin/nodes/{id}")).Succeeds().Json;
}
