using System.Text.Json;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

/// <summary>The OpenAPI document.</summary>
public sealed class DocumentTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task Every_call_of_the_contract_stands_in_it()
    {
        JsonElement paths = (await scheduler.CallAsync(null, "GET", "/openapi/v1.json")).Succeeds().Json.GetProperty("paths");
        string[] calls = [.. from path in paths.EnumerateObject() from call in path.Value.EnumerateObject() where call.Value.ValueKind == JsonValueKind.Object select $"{call.Name} {path.Name}"];
        string[] contract =
            [
                "post /v1/sessions", "delete /v1/sessions", "post /v1/sessions/heartbeat", "post /v1/sessions/failover", "post /v1/sessions:batch", "get /v1/dispatch",
                "post /v1/reports", "get /v1/admin/status", "get /v1/admin/fleet", "put /v1/admin/fleet", "get /v1/admin/sites", "get /v1/admin/sites/{id}",
                "get /v1/admin/nodes/{id}", "put /v1/admin/nodes/{id}/state", "get /v1/admin/drains", "post /v1/admin/drains", "get /v1/admin/drains/{id}",
                "delete /v1/admin/drains/{id}", "get /v1/admin/revisions", "post /v1/admin/revisions/{n}:rollback", "get /v1/admin/keys", "post /v1/admin/keys",
                "delete /v1/admin/keys/{id}", "get /healthz/live", "get /healthz/ready", "get /metrics",
            ];
        Assert.Empty(contract.Except(calls));
    }

    [Fact]
    public async Task What_players_send_and_get_is_described_in_the_names_of_the_wire()
    {
        string text = (await scheduler.CallAsync(null, "GET", "/openapi/v1.json")).Text;
        foreach (string name in (string[])["client_ip", "bitrate_bps", "previous_token", "heartbeat_s", "expires_at", "capacity_bps", "egress_bps", "rtt_ms"])
            Assert.Contains($"\"{name}\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("PUT", "/v1/sessions", 405)]
    [InlineData("GET", "/v1/reports", 405)]
    [InlineData("PATCH", "/v1/admin/fleet", 405)]
    public async Task What_is_not_there_is_refused_with_problem_details(string method, string path, int status)
    {
        Scheduler.Tests.Server.Admin.Answer answer = await scheduler.CallAsync(LiveScheduler.AdminKey, method, path);
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
    }
}
