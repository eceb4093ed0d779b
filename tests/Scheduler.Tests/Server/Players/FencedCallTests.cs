using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Players;

/// <summary>What players hear when the policy leaves no site for them.</summary>
public sealed class FencedCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private const string NoGb = """{"fences":[{"id":"no-gb","countries":["GB"],"deny":{"all":true},"reason":"A court said so"}]}""";
    private const string Open = $$"""{"stream":"live-42","client_ip":"{{LiveScheduler.LondonIp}}"}""";

    [Fact]
    public async Task Viewers_whom_the_law_leaves_nothing_hear_451_and_why_on_every_call()
    {
        await Put("{}");
        string token = (await scheduler.OpenAsync()).Json.GetProperty("token").GetString()!;
        Answer put = await Put(NoGb);
        Assert.Equal("GB", Assert.Single(put.Json.GetProperty("barred").EnumerateArray()).GetString());
        Answer open = (await scheduler.PlayAsync("POST", "/v1/sessions", Open)).Fails(451, "unavailable-for-legal-reasons");
        Assert.Equal("no-gb: A court said so", open.Json.GetProperty("detail").GetString());
        Assert.Null(open.Headers.RetryAfter);
        (await scheduler.PlayAsync("GET", $"/v1/dispatch?stream=live-42&client_ip={LiveScheduler.LondonIp}")).Fails(451, "unavailable-for-legal-reasons");
        Answer batch = (await scheduler.PlayAsync("POST", "/v1/sessions:batch", $$"""{"requests":[{{Open}}]}""")).Succeeds();
        Assert.Contains("/problems/unavailable-for-legal-reasons", batch.Text, StringComparison.Ordinal);
        (await scheduler.PlayAsync("POST", "/v1/sessions/failover", $$"""{"token":"{{token}}","failed":"p00-00","reason":"timeout"}""")).Fails(451, "unavailable-for-legal-reasons");
        (await scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""")).Fails(451, "unavailable-for-legal-reasons");
        (await scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""")).Fails(410, "session-expired");
        string metrics = (await scheduler.CallAsync(null, "GET", "/metrics")).Text;
        Assert.DoesNotContain("scheduler_decisions_total{outcome=\"fenced\"} 0", metrics, StringComparison.Ordinal);
        Assert.Contains("scheduler_beats_total{action=\"fenced\"} 1", metrics, StringComparison.Ordinal);
        await Put("{}");
        await scheduler.OpenAsync();
    }

    [Fact]
    public async Task A_tenant_s_key_makes_its_streams_the_tenant_s_class()
    {
        await Put("""{"classes":[{"id":"acme","tenants":["acme"],"sites":{"sites":["p02"]}}]}""");
        Answer made = (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"backend","name":"acme","tenant":"acme"}""")).Succeeds(201);
        Answer theirs = (await scheduler.CallAsync(made.Json.GetProperty("key").GetString(), "POST", "/v1/sessions", Open)).Succeeds(201);
        Assert.Equal("p02", theirs.Json.GetProperty("candidates")[0].GetProperty("site").GetString());
        Assert.Equal("p00", (await scheduler.OpenAsync()).Json.GetProperty("candidates")[0].GetProperty("site").GetString());
        await Put("{}");
    }

    [Fact]
    public async Task A_policy_is_checked_against_the_map()
    {
        Answer answer = await scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/policy", """{"default_cell":"nowhere"}""", ("If-Match", "*"));
        answer.Fails(422, "invalid-fields", "default_cell");
    }

    private async Task<Answer> Put(string policy) =>
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/policy", policy, ("If-Match", "*"))).Succeeds();
}
