using System.Text.Json;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Demo;

/// <summary>Demo mode: the sample fleet, played by the process itself, for callers on this machine.</summary>
public sealed class DemoModeTests : IAsyncLifetime
{
    private readonly LiveScheduler _scheduler = new();

    public async Task InitializeAsync()
    {
        await _scheduler.StartAsync(("Scheduler:Demo", "true"), ("Scheduler:Reports:IntervalMs", "1000"), ("Scheduler:Reports:SuspectAfter", "30"), ("Scheduler:Reports:SilentAfter", "60"));
        await LiveScheduler.UntilAsync(async () => (await _scheduler.CallAsync(null, "GET", "/v1/dispatch?stream=s")).Status == 200, "able to serve");
    }

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task A_viewer_in_London_is_served_from_London_without_a_key()
    {
        JsonElement answer = (await _scheduler.CallAsync(null, "POST", "/v1/sessions", """{"stream":"live-42","client_ip":"81.2.69.142"}""")).Succeeds(201).Json;
        Assert.StartsWith("lon", answer.GetProperty("candidates")[0].GetProperty("site").GetString(), StringComparison.Ordinal);
        Assert.True(answer.GetProperty("candidates")[0].GetProperty("rtt_ms").GetDouble() < 15);
    }

    [Fact]
    public async Task A_publisher_goes_to_an_idc()
    {
        JsonElement answer = (await _scheduler.CallAsync(null, "POST", "/v1/sessions", """{"stream":"live-42","kind":"publish","client_ip":"81.2.69.142"}""")).Succeeds(201).Json;
        JsonElement first = answer.GetProperty("candidates")[0];
        Assert.Equal(first.GetProperty("idc").GetString(), first.GetProperty("site").GetString());
    }

    [Fact]
    public async Task Every_node_is_played_and_its_load_follows_the_sessions()
    {
        JsonElement status = (await _scheduler.CallAsync(null, "GET", "/v1/admin/status")).Succeeds().Json;
        Assert.True(status.GetProperty("demo").GetBoolean());
        string node = await OneRoundAsync();
        Assert.Equal(3_000_000, (await Node(node)).GetProperty("load_bps").GetInt64());
    }

    [Fact]
    public async Task A_node_that_reports_itself_is_not_played()
    {
        const string Report = """{"reports":[{"node":"ams-01","incarnation":1900000000,"sequence":1,"capacity_bps":1e9,"egress_bps":4e8,"sessions":77,"state":"serving"}]}""";
        Assert.Equal(1, (await _scheduler.CallAsync(null, "POST", "/v1/reports", Report)).Succeeds().Json.GetProperty("accepted").GetInt32());
        await LiveScheduler.UntilAsync(async () => await _scheduler.ReportedSessionsAsync("ams-01") == 77, "heard");
        await OneRoundAsync();
        Assert.Equal(77, await _scheduler.ReportedSessionsAsync("ams-01"));
    }

    [Fact]
    public async Task A_stream_that_is_watched_is_published_and_pulled()
    {
        string node = await OneRoundAsync();
        JsonElement stream = default;
        await LiveScheduler.UntilAsync(async () =>
        {
            Answer answer = await _scheduler.CallAsync(null, "GET", "/v1/admin/streams/live-42");
            return answer.Status == 200 && (stream = answer.Json).TryGetProperty("home", out _) && stream.GetProperty("viewers").GetInt32() == 1;
        }, "published");
        JsonElement pop = Assert.Single(stream.GetProperty("pops").EnumerateArray());
        Assert.StartsWith(pop.GetProperty("site").GetString()!, node, StringComparison.Ordinal);
        await LiveScheduler.UntilAsync(
            async () => (await _scheduler.CallAsync(null, "GET", "/v1/admin/links?limit=1")).Json.GetProperty("links")[0].GetProperty("load_bps").GetInt64() > 0, "pulled");
    }

    [Fact]
    public async Task A_wrong_key_is_refused_although_none_is_needed() =>
        (await _scheduler.CallAsync("sk_b_0000000000_00000000000000000000000000000000", "POST", "/v1/sessions", """{"stream":"s"}""")).Refuses(401, "unauthorized");

    [Fact]
    public async Task A_page_of_another_origin_may_not_drain_the_demo() => Assert.Equal(403, (await _scheduler.CallAsync(
        null, "POST", "/v1/admin/drains", """{"target":"ams","reason":"x","expires_at":"2099-01-01T00:00:00Z"}""", ("Origin", "https://evil.example"))).Status);

    /// <summary>Opens a session and waits until its node is played with it: a round of the demo's reports has passed.</summary>
    private async Task<string> OneRoundAsync()
    {
        string node = (await _scheduler.CallAsync(null, "POST", "/v1/sessions", """{"stream":"live-42","client_ip":"81.2.69.142"}""")).Json
            .GetProperty("candidates")[0].GetProperty("node").GetString()!;
        await LiveScheduler.UntilAsync(async () => await _scheduler.ReportedSessionsAsync(node) == 1, "played");
        return node;
    }

    private async Task<JsonElement> Node(string id) => (await _scheduler.CallAsync(null, "GET", $"/v1/admin/nodes/{id}")).Succeeds().Json;
}
