using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.State.Auditing;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

public sealed class ExplainCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task An_explanation_names_the_candidates_that_dispatch_gives_in_its_order()
    {
        foreach (string stream in (string[])["live-1", "live-2", "live-3"])
        {
            string query = $"?stream={stream}&client_ip={LiveScheduler.LondonIp}";
            JsonElement answer = (await scheduler.PlayAsync("GET", "/v1/dispatch" + query)).Succeeds().Json;
            JsonElement why = (await ExplainAsync(query)).Succeeds().Json;
            string first = answer.GetProperty("candidates")[0].GetProperty("node").GetString()!;
            Assert.Equal(first, Named(why.GetProperty("nodes"), "chosen").GetProperty("node").GetString());
            Assert.Equal(answer.GetProperty("candidates")[0].GetProperty("site").GetString(), Named(why.GetProperty("sites"), "chosen").GetProperty("site").GetString());
            Assert.Equal(
                (answer.GetProperty("cell").GetString(), answer.GetProperty("decision").GetString(), answer.GetProperty("revision").GetInt64()),
                (why.GetProperty("viewer").GetProperty("cell").GetString(), why.GetProperty("decision").GetString(), why.GetProperty("revision").GetInt64()));
            Assert.Equal(3, why.GetProperty("sites").GetArrayLength());
            Assert.All(why.GetProperty("sites").EnumerateArray(), site => Assert.Equal("model", site.GetProperty("terms").GetProperty("rtt_source").GetString()));
        }
    }

    [Fact]
    public async Task A_drained_site_is_said_to_be_drained()
    {
        JsonElement drain = (await scheduler.CallAsync(
            LiveScheduler.AdminKey, "POST", "/v1/admin/drains", $$"""{"target":"p00","reason":"test","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""")).Succeeds(201).Json;
        JsonElement why = (await ExplainAsync($"?stream=s&client_ip={LiveScheduler.LondonIp}&protocol=hls")).Succeeds().Json;
        JsonElement site = why.GetProperty("sites").EnumerateArray().Single(s => s.GetProperty("site").GetString() == "p00");
        Assert.Equal(("not_serving", "drained"), (site.GetProperty("verdict").GetString(), site.GetProperty("state").GetString()));
        Assert.Contains("drained", site.GetProperty("why").GetString(), StringComparison.Ordinal);
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", "/v1/admin/drains/" + drain.GetProperty("id").GetString())).Succeeds();
    }

    [Fact]
    public async Task The_address_is_neither_logged_nor_stored()
    {
        const string Ip = "81.2.69.199";
        (await ExplainAsync($"?stream=s&client_ip={Ip}")).Succeeds();
        (await ExplainAsync($"?stream=s&client_ip={Ip}x")).Fails(400, "invalid-request", "client_ip");
        await scheduler.Services.GetRequiredService<AuditTrail>().WriteAsync(all: true, default);
        var records = await scheduler.Services.GetRequiredService<IAuditLog>().ListAsync(new AuditQuery(null, 1_000), default);
        Assert.Contains(records, entry => entry.Record.Operation == "GET /v1/admin/explain");
        Assert.DoesNotContain(records, entry => entry.ToString().Contains(Ip, StringComparison.Ordinal));
        Assert.DoesNotContain(scheduler.Log.Lines, line => line.Contains(Ip, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_named_and_strangers_are_refused()
    {
        (await ExplainAsync("?stream=a+b&kind=watch&protocol=gopher")).Fails(400, "invalid-request", "stream", "kind", "protocol");
        (await scheduler.CallAsync(null, "GET", "/v1/admin/explain?stream=s")).Fails(401);
        (await scheduler.PlayAsync("GET", "/v1/admin/explain?stream=s")).Fails(403);
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_planner_expects_before_and_after()
    {
        await LiveScheduler.UntilAsync(async () => (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/plan")).Status == 200, "a plan");
        for (int i = 0; i < 4; i++) await scheduler.OpenAsync($"live-{i}");
        await LiveScheduler.UntilAsync(
            async () => (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/plan")).Json.GetProperty("demand_bps").GetInt64() > 0, "demand in the plan");
        JsonElement run = (await scheduler.CallAsync(
            LiveScheduler.AdminKey, "POST", "/v1/admin/drains?dry_run=true",
            $$"""{"target":"p00","reason":"test","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""")).Succeeds().Json;
        (JsonElement before, JsonElement after) = (run.GetProperty("before"), run.GetProperty("after"));
        Assert.Equal("p00", before.GetProperty("most_utilised").GetString());
        Assert.NotEqual("p00", after.GetProperty("most_utilised").GetString());
        Assert.True(after.GetProperty("cost").GetDouble() > before.GetProperty("cost").GetDouble());
        Assert.Equal((6_000_000_000, 4_000_000_000), (before.GetProperty("capacity_bps").GetInt64(), after.GetProperty("capacity_bps").GetInt64()));
        Assert.Equal(before.GetProperty("demand_bps").GetInt64(), after.GetProperty("demand_bps").GetInt64());
    }

    private Task<Answer> ExplainAsync(string query) => scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/explain" + query);

    private static JsonElement Named(JsonElement list, string verdict) =>
        Assert.Single(list.EnumerateArray(), entry => entry.GetProperty("verdict").GetString() == verdict);
}
