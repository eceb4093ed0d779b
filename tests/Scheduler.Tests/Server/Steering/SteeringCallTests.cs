using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Http.Limits;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Steering;

/// <summary>Steering as players meet it.</summary>
public sealed class SteeringCallTests : IAsyncLifetime
{
    private const string London = "client_ip=" + LiveScheduler.LondonIp;

    private readonly LiveScheduler _scheduler = new() { Settings = [("Scheduler:Overload:TargetMs", "0"), ("Scheduler:RateLimits:NetworkPerS", "1"), ("Scheduler:RateLimits:WindowS", "30")] };

    public Task InitializeAsync() => _scheduler.InitializeAsync();

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task A_first_call_opens_a_session_and_names_its_nodes_then_their_sites()
    {
        long before = _scheduler.Sessions.Count;
        Answer answer = await GetAsync($"hls/live-42?{London}");
        Assert.Equal("application/vnd.apple.steering-list", answer.MediaType);
        Assert.Equal("private, no-store", answer.Headers.CacheControl!.ToString().Replace("no-store, private", "private, no-store", StringComparison.Ordinal));
        string[] named = Named(answer);
        Assert.Equal(["p00", "p00", "p01"], named[..3].Select(id => id.Split('-')[0]));
        Assert.Equal(["p00", "p01"], named[3..]);
        JsonElement clone = answer.Json.GetProperty("PATHWAY-CLONES")[0];
        Assert.Equal((named[0], "p00"), (clone.GetProperty("ID").GetString(), clone.GetProperty("BASE-ID").GetString()));
        Assert.Equal(named[0].Split('.')[0] + ".edge.example", clone.GetProperty("URI-REPLACEMENT").GetProperty("HOST").GetString());
        Assert.InRange(answer.Json.GetProperty("TTL").GetInt32(), 25, 35);
        Assert.Equal(before + 1, _scheduler.Sessions.Count);
    }

    [Fact]
    public async Task A_call_with_the_token_renews_the_same_session_and_needs_no_key()
    {
        Answer first = await GetAsync($"hls/live-42?{London}");
        long count = _scheduler.Sessions.Count;
        Answer again = (await _scheduler.CallAsync(null, "GET", Reload(first) + "&_HLS_pathway=p00&_HLS_throughput=4000000")).Succeeds();
        Assert.Equal(count, _scheduler.Sessions.Count);
        Assert.Equal(Named(first)[0], Named(again)[0]);
        Assert.Equal("scheduler_steered_throughput_samples_total{within_bps=\"5000000\"} 1", await MetricAsync("scheduler_steered_throughput_samples_total{within_bps=\"5000000\"}"));
        Assert.Equal("scheduler_steering_total{protocol=\"hls\",outcome=\"renewed\"} 1", await MetricAsync("scheduler_steering_total{protocol=\"hls\",outcome=\"renewed\"}"));
    }

    [Fact]
    public async Task A_session_that_is_steered_by_its_steering_url_and_beats_counts_once()
    {
        Answer opened = await _scheduler.OpenAsync();
        string url = opened.Json.GetProperty("steering_url").GetString()!;
        Assert.StartsWith($"{_scheduler.Address}v1/steering/hls/live-42?st=", url, StringComparison.Ordinal);
        long count = _scheduler.Sessions.Count;
        Answer steered = (await _scheduler.CallAsync(null, "GET", new Uri(url).PathAndQuery)).Succeeds();
        Assert.StartsWith(opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString()! + ".", Named(steered)[0], StringComparison.Ordinal);
        (await _scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{opened.Json.GetProperty("token").GetString()}}"}""")).Succeeds();
        Assert.Equal(count, _scheduler.Sessions.Count);
    }

    [Fact]
    public async Task A_publishable_key_travels_in_the_addresses_that_are_given_and_a_secret_one_does_not()
    {
        string key = _scheduler.Key(ApiKeyKind.Player);
        Answer steered = (await _scheduler.CallAsync(null, "GET", $"/v1/steering/hls/live-42?k={key}")).Succeeds();
        Assert.EndsWith($"&k={key}", Reload(steered), StringComparison.Ordinal);
        Answer opened = (await _scheduler.CallAsync(key, "POST", "/v1/sessions", """{"stream":"live-42","protocol":"hls"}""")).Succeeds(201);
        Assert.EndsWith($"&k={key}", opened.Json.GetProperty("steering_url").GetString(), StringComparison.Ordinal);
        Answer secret = await _scheduler.OpenAsync();
        Assert.DoesNotContain("k=", secret.Json.GetProperty("steering_url").GetString()!.Split('?')[1].Replace("st=", "", StringComparison.Ordinal).Split('&').Skip(1));
        (await _scheduler.CallAsync(null, "GET", "/v1/steering/hls/live-42")).Refuses(401, "unauthorized");
    }

    [Fact]
    public async Task What_the_playlist_declares_is_what_clones_are_made_of_and_is_named_last()
    {
        Answer answer = await GetAsync($"hls/live-42?pathways=p02,cdnx&{London}");
        Assert.Equal(["p02", "cdnx"], Named(answer)[3..]);
        Assert.All(answer.Json.GetProperty("PATHWAY-CLONES").EnumerateArray(), clone => Assert.Equal("p02", clone.GetProperty("BASE-ID").GetString()));
        Assert.Contains("&pathways=p02,cdnx", Reload(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pathway_of_somebody_else_that_the_player_is_on_is_named_where_nothing_is_declared() =>
        Assert.Equal("cdnx", Named(await GetAsync($"hls/live-42?_HLS_pathway=%22cdnx%22&{London}"))[^1]);

    [Fact]
    public async Task A_token_of_another_stream_or_of_nobody_opens_a_session()
    {
        string other = Reload(await GetAsync($"hls/live-1?{London}")).Split("st=")[1];
        foreach (string token in (string[])[other, "nonsense", new string('A', 120)])
        {
            long before = _scheduler.Sessions.Count;
            await GetAsync($"hls/live-2?st={token}&{London}");
            Assert.Equal(before + 1, _scheduler.Sessions.Count);
        }
    }

    [Fact]
    public async Task A_drained_site_is_not_preferred_any_more_and_without_clones_stays_as_the_last_resort()
    {
        Answer first = await GetAsync($"hls/drained?{London}");
        Answer drain = (await _scheduler.CallAsync(
            LiveScheduler.AdminKey, "POST", "/v1/admin/drains",
            $$"""{"target":"p00","reason":"test","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}","force":true}""")).Succeeds(201);
        string[] opened = Named(await GetAsync($"hls/drained?{London}"));
        Assert.DoesNotContain(opened, id => id.StartsWith("p00", StringComparison.Ordinal));
        string reload = Reload(first);
        string[] named = Named(first);
        await LiveScheduler.UntilAsync(async () =>
        {
            Answer renewed = (await _scheduler.CallAsync(null, "GET", reload)).Succeeds();
            (reload, named) = (Reload(renewed), Named(renewed));
            return !named[0].StartsWith("p00", StringComparison.Ordinal);
        }, "asked to move");
        Assert.StartsWith("p01", named[0], StringComparison.Ordinal);
        Assert.Equal("p00", Named(await GetAsync("dash/only?pathways=p00"))[0]); // nobody speaks DASH here
        (await _scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/drains/{drain.Json.GetProperty("id").GetString()}")).Succeeds();
    }

    [Fact]
    public async Task Under_overload_a_player_keeps_his_node_and_is_asked_to_come_back_later()
    {
        Answer first = await GetAsync($"hls/live-42?{London}");
        AdmissionGate gate = _scheduler.Services.GetRequiredService<AdmissionGate>();
        gate.Level = 2;
        long before = _scheduler.Sessions.Count;
        Answer shed = (await _scheduler.CallAsync(null, "GET", Reload(first))).Succeeds();
        Assert.Equal(Named(first)[0], Named(shed)[0]);
        Assert.True(Named(shed).Length >= 2);
        Assert.InRange(shed.Json.GetProperty("TTL").GetInt32(), 85, 120);
        Assert.Equal(Reload(first), Reload(shed));
        Answer fresh = await GetAsync($"hls/live-42?pathways=p01,p02&{London}");
        Assert.Equal(["p01", "p02"], Named(fresh));
        Assert.Equal(before, _scheduler.Sessions.Count);
        gate.Level = 0;
        Assert.Equal(Named(first)[0], Named((await _scheduler.CallAsync(null, "GET", Reload(shed))).Succeeds())[0]);
    }

    [Fact]
    public async Task Who_calls_too_often_gets_a_manifest_and_never_429()
    {
        string key = _scheduler.Key(ApiKeyKind.Player);
        for (int i = 0; i < 40; i++) (await _scheduler.CallAsync(null, "GET", $"/v1/steering/hls/live-42?k={key}&pathways=p00,p01")).Succeeds();
        Assert.NotEqual("scheduler_steering_total{protocol=\"hls\",outcome=\"shed\"} 0", await MetricAsync("scheduler_steering_total{protocol=\"hls\",outcome=\"shed\"}"));
    }

    [Fact]
    public async Task Without_room_what_is_declared_is_named_and_no_session_is_opened()
    {
        long before = _scheduler.Sessions.Count;
        Answer answer = await GetAsync("dash/live-42?pathways=p01,p02");
        Assert.Equal(["p01", "p02"], Named(answer));
        Assert.DoesNotContain("st=", Reload(answer), StringComparison.Ordinal);
        Assert.Equal(before, _scheduler.Sessions.Count);
        (await _scheduler.PlayAsync("GET", "/v1/steering/dash/live-42")).Refuses(503, "no-capacity");
    }

    [Fact]
    public async Task Whom_the_law_bars_from_everything_hears_451()
    {
        string reload = Reload(await GetAsync($"hls/live-42?{London}"));
        await PutPolicyAsync("""{"fences":[{"id":"no-gb","countries":["GB"],"deny":{"all":true},"reason":"A court said so"}]}""");
        (await _scheduler.PlayAsync("GET", $"/v1/steering/hls/live-42?pathways=p00,p01&{London}")).Fails(451, "unavailable-for-legal-reasons");
        (await _scheduler.CallAsync(null, "GET", reload)).Fails(451, "unavailable-for-legal-reasons");
        await PutPolicyAsync("""{"fences":[{"id":"some","countries":["GB"],"deny":{"sites":["p00"]},"reason":"A court said so"}]}""");
        Assert.DoesNotContain(Named(await GetAsync($"hls/live-42?pathways=p00,p01&{London}")), id => id.StartsWith("p00", StringComparison.Ordinal));
        await PutPolicyAsync("{}");
    }

    [Fact]
    public async Task Pages_of_other_origins_may_read_it_and_HEAD_opens_nothing()
    {
        Answer answer = (await _scheduler.PlayAsync("GET", $"/v1/steering/hls/live-42?{London}", null, ("Origin", "https://player.example"))).Succeeds();
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["*"], answer.Headers.GetValues("Timing-Allow-Origin"));
        Assert.Contains("Retry-After", string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        long before = _scheduler.Sessions.Count;
        Answer head = (await _scheduler.PlayAsync("HEAD", $"/v1/steering/hls/live-42?{London}")).Succeeds();
        Assert.Empty(head.Body);
        Assert.Equal(before, _scheduler.Sessions.Count);
        Answer preflight = (await _scheduler.CallAsync(null, "OPTIONS", "/v1/steering/dash/live-42")).Succeeds(204);
        Assert.Equal(["*"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_name_that_no_stream_can_have_is_the_caller_s_fault() =>
        Assert.Equal(400, (await _scheduler.PlayAsync("GET", "/v1/steering/hls/a%20b")).Status);

    private async Task<Answer> GetAsync(string call) => (await _scheduler.PlayAsync("GET", $"/v1/steering/{call}")).Succeeds();

    private async Task PutPolicyAsync(string policy) =>
        (await _scheduler.CallAsync(LiveScheduler.AdminKey, "PUT", "/v1/admin/policy", policy, ("If-Match", "*"))).Succeeds();

    private async Task<string?> MetricAsync(string series) =>
        (await _scheduler.CallAsync(null, "GET", "/metrics")).Text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));

    private static string[] Named(Answer answer) => [.. answer.Json.GetProperty("PATHWAY-PRIORITY").EnumerateArray().Select(id => id.GetString()!)];

    private static string Reload(Answer answer) => new Uri(answer.Json.GetProperty("RELOAD-URI").GetString()!).PathAndQuery;
}
