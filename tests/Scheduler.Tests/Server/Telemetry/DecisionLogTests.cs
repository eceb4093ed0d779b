using System.Text.Json;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Live;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Telemetry;

public sealed class DecisionLogTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private LiveScheduler _scheduler = null!;

    private string Path => _scratch.File("decisions.jsonl");

    public async Task InitializeAsync()
    {
        _scheduler = new LiveScheduler { Settings = [("Scheduler:Telemetry:DecisionLog:Sample", "1"), ("Scheduler:Telemetry:DecisionLog:Path", Path)] };
        await _scheduler.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task What_was_decided_on_a_session_and_why_is_read_back_in_order()
    {
        JsonElement opened = (await _scheduler.OpenAsync()).Json;
        string session = opened.GetProperty("session").GetString()!;
        string[] named = [.. opened.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("node").GetString()!)];
        await _scheduler.PlayAsync("POST", "/v1/sessions/failover", $$"""{"token":"{{opened.GetProperty("token").GetString()}}","failed":"{{named[0]}}","reason":"connect"}""");
        JsonElement[] decisions = await DecisionsAsync(session, 2);

        Assert.Equal(["opened", "failed"], decisions.Select(decision => decision.GetProperty("cause").GetString()));
        Assert.Equal(named, decisions[0].GetProperty("candidates").EnumerateArray().Select(node => node.GetString()));
        Assert.False(decisions[0].TryGetProperty("from", out _));
        Assert.Equal(named[0], decisions[1].GetProperty("from").GetString());
        JsonElement why = decisions[0].GetProperty("explanation");
        Assert.Equal(
            ("live-42", opened.GetProperty("cell").GetString(), "placed", opened.GetProperty("revision").GetInt64()),
            (why.GetProperty("stream").GetString(), why.GetProperty("viewer").GetProperty("cell").GetString(), why.GetProperty("decision").GetString(), why.GetProperty("revision").GetInt64()));
        JsonElement chosen = why.GetProperty("sites").EnumerateArray().Single(site => site.GetProperty("verdict").GetString() == "chosen");
        Assert.Equal(4, chosen.GetProperty("terms").GetProperty("cold_ms").GetDouble()); // as it was before the session warmed it
        Assert.DoesNotContain(LiveScheduler.LondonIp, await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
        Assert.False(why.GetProperty("viewer").TryGetProperty("prefix", out _));
        Assert.True(new PrometheusText((await _scheduler.CallAsync(null, "GET", "/metrics")).Text)["scheduler_decision_log_records_total"] >= 2);
    }

    [Fact]
    public async Task A_drained_site_is_told_to_be_the_cause_of_a_move()
    {
        JsonElement opened = (await _scheduler.OpenAsync("live-7")).Json;
        string site = opened.GetProperty("candidates")[0].GetProperty("site").GetString()!, token = opened.GetProperty("token").GetString()!;
        (await _scheduler.CallAsync(
            LiveScheduler.AdminKey, "POST", "/v1/admin/drains", $$"""{"target":"{{site}}","reason":"test","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""")).Succeeds(201);
        await LiveScheduler.UntilAsync(
            async () => (await _scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""")).Json.GetProperty("action").GetString() == "move", "asked to move");
        JsonElement moved = (await DecisionsAsync(opened.GetProperty("session").GetString()!, 2))[^1];
        Assert.Equal("drained", moved.GetProperty("cause").GetString());
        Assert.DoesNotContain(moved.GetProperty("candidates").EnumerateArray(), node => node.GetString()!.StartsWith(site, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_in_the_log_or_no_session_is_said_to_be_so()
    {
        (await ExplainAsync("1")).Fails(404);
        (await ExplainAsync("not-hex")).Fails(400, "invalid-request", "session");
        (await _scheduler.CallAsync(null, "GET", "/v1/admin/explain?session=1")).Fails(401);
    }

    private Task<Answer> ExplainAsync(string session) => _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/explain?session=" + session);

    private async Task<JsonElement[]> DecisionsAsync(string session, int count)
    {
        JsonElement[] found = [];
        await LiveScheduler.UntilAsync(
            async () =>
            {
                Answer answer = await ExplainAsync(session);
                if (answer.Status != 200) return false; // not written yet
                found = [.. answer.Json.GetProperty("decisions").EnumerateArray()];
                return found.Length >= count;
            },
            "written");
        return found;
    }
}
