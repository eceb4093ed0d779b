using Scheduler.Core.Topology;

namespace Scheduler.Tests.Server.Admin;

public sealed class NodeCallTests : IAsyncLifetime
{
    private AdminHarness _admin = null!;

    public async Task InitializeAsync() => _admin = await AdminHarness.StartAsync(fleet: ["lon1 a Edge", "lon1 b Edge", "ams c Origin"]);

    public async Task DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task A_node_is_taken_out_and_back()
    {
        Answer taken = (await Put("a", """{"in_service":false,"reason":"disk"}""")).Succeeds();
        Assert.Equal("\"2\"", taken.ETag);
        Assert.False(taken.Json.GetProperty("in_service").GetBoolean());
        Assert.Equal(new NodeOverride("a", false, 1), Assert.Single(_admin.Applied[^1].Overrides));

        (await Put("a", """{"in_service":true,"reason":"mended"}""")).Succeeds();
        Assert.Empty(_admin.Centre.Current.Overrides);
        Assert.Equal("mended", (await _admin.Stores.Revisions.ReadNewestAsync(default))!.Revision.Reason);
    }

    [Fact]
    public async Task A_weight_is_kept_in_the_order_of_the_nodes()
    {
        await Put("b", """{"in_service":true,"weight":0.5,"reason":"old cpu"}""");
        (await Put("a", """{"in_service":true,"weight":2.5e-1,"reason":"older cpu"}""")).Succeeds();
        Assert.Equal([new("a", true, 0.25), new NodeOverride("b", true, 0.5)], _admin.Centre.Current.Overrides.AsEnumerable());
    }

    [Fact]
    public async Task To_say_the_same_again_makes_no_revision()
    {
        await Put("a", """{"in_service":false,"reason":"disk"}""");
        Answer again = await _admin.UnchangedAsync(() => Put("a", """{"in_service":false,"reason":"disk again"}"""));
        Assert.Equal(2, again.Succeeds().Json.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task The_last_serving_node_stays_unless_forced()
    {
        await Put("a", """{"in_service":false,"reason":"disk"}""");
        (await _admin.UnchangedAsync(() => Put("b", """{"in_service":false,"reason":"disk"}"""))).Fails(409, "conflict", "in_service");
        (await Put("b", """{"in_service":false,"reason":"disk","force":true}""")).Succeeds();
    }

    [Fact]
    public async Task A_lost_race_is_412()
        => (await _admin.UnchangedAsync(() => _admin.OperatorAsync(
            "PUT", "/v1/admin/nodes/a/state", """{"in_service":false,"reason":"x"}""", ("If-Match", "\"0\"")))).Fails(412, "stale-version");

    [Fact]
    public async Task An_unknown_node_is_404()
        => (await _admin.UnchangedAsync(() => Put("zzz", """{"in_service":false,"reason":"x"}"""))).Fails(404, "not-found");

    [Theory]
    [InlineData("""{}""", "in_service", "reason")]
    [InlineData("""{"in_service":null,"reason":null}""", "in_service", "reason")]
    [InlineData("""{"in_service":"no","reason":"x"}""", "in_service")]
    [InlineData("""{"in_service":false,"reason":"  "}""", "reason")]
    [InlineData("""{"in_service":false,"reason":"a\u0007b"}""", "reason")]
    [InlineData("""{"in_service":false,"reason":"\ud800"}""", "reason")]
    [InlineData("""{"in_service":false,"reason":7}""", "reason")]
    [InlineData("""{"in_service":true,"weight":0,"reason":"x"}""", "weight")]
    [InlineData("""{"in_service":true,"weight":-1,"reason":"x"}""", "weight")]
    [InlineData("""{"in_service":true,"weight":1.01,"reason":"x"}""", "weight")]
    [InlineData("""{"in_service":true,"weight":1e999,"reason":"x"}""", "weight")]
    [InlineData("""{"in_service":true,"weight":"1","reason":"x"}""", "weight")]
    [InlineData("""{"in_service":true,"reason":"x","force":"yes"}""", "force")]
    [InlineData("""{"in_service":true,"reason":"x","wieght":1,"In_service":true}""", "wieght", "In_service")]
    [InlineData("""{"weight":9,"colour":"red"}""", "in_service", "weight", "reason", "colour")]
    public async Task Every_fault_of_the_body_is_named_at_once(string body, params string[] fields)
        => (await _admin.UnchangedAsync(() => Put("a", body))).Fails(422, "invalid-fields", fields);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"in_service\":false,\"in_service\":true,\"reason\":\"x\"}")]
    [InlineData("{\"in_service\":false,\"reason\":\"x\"} trailing")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task A_body_that_is_no_json_object_is_400(string body)
        => (await _admin.UnchangedAsync(() => Put("a", body))).Fails(400, "invalid-request");

    [Fact]
    public async Task A_body_of_another_type_is_415() => (await _admin.UnchangedAsync(() => _admin.CallAsync(
        Scheduler.Server.Security.AdminRole.Operator, "PUT", "/v1/admin/nodes/a/state", "{}", "text/plain"))).Fails(415, "unsupported-media-type");

    [Fact]
    public async Task A_body_over_64_KiB_is_413()
        => (await _admin.UnchangedAsync(() => Put("a", $$"""{"in_service":false,"reason":"{{new string('x', 65_536)}}"}"""))).Fails(413, "body-too-large");

    private Task<Answer> Put(string node, string body) => _admin.OperatorAsync("PUT", $"/v1/admin/nodes/{node}/state", body);
}
