using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scheduler.Core.Sessions;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Players;

/// <summary>The calls of players as the contract promises them.</summary>
public sealed partial class SessionCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task A_session_is_answered_in_the_shape_of_the_contract()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-2);
        JsonElement answer = (await scheduler.OpenAsync()).Json;
        Assert.Equal(
            ["candidates", "cell", "decision", "expires_at", "heartbeat_s", "revision", "session", "steering_url", "stream", "token"], answer.EnumerateObject().Select(m => m.Name).Order());
        Assert.Equal("live-42", answer.GetProperty("stream").GetString());
        Assert.Equal("GB-51n-000e-0001", answer.GetProperty("cell").GetString());
        Assert.Equal("placed", answer.GetProperty("decision").GetString());
        Assert.Equal(30, answer.GetProperty("heartbeat_s").GetInt32());
        Assert.True(answer.GetProperty("expires_at").GetDateTimeOffset() >= before.AddSeconds(75));
        JsonElement[] candidates = [.. answer.GetProperty("candidates").EnumerateArray()];
        Assert.Equal([1, 2, 3], candidates.Select(c => c.GetProperty("rank").GetInt32()));
        Assert.Equal(3, candidates.Select(c => c.GetProperty("node").GetString()).Distinct().Count());
        Assert.Equal(["p00", "p00", "p01"], candidates.Select(c => c.GetProperty("site").GetString()));
        Assert.All(candidates, c =>
        {
            Assert.Matches(Ticket(), c.GetProperty("ticket").GetString());
            Assert.Equal($"https://{c.GetProperty("host").GetString()}/live/live-42.m3u8", c.GetProperty("url").GetString());
            Assert.True(c.GetProperty("rtt_ms").GetDouble() > 0);
        });
    }

    [Fact]
    public async Task The_first_candidates_ticket_tells_when_its_place_was_taken_and_spare_ones_hold_none()
    {
        bool[] Held(JsonElement answer) => [.. answer.GetProperty("candidates").EnumerateArray().Select(candidate =>
            Scheduler.Core.Sessions.Ticket.TryPeek(Encoding.ASCII.GetBytes(candidate.GetProperty("ticket").GetString()!), out TicketClaims claims) && claims.AdmittedIn is not null)];
        Answer opened = await scheduler.OpenAsync("held");
        Assert.Equal([true, false, false], Held(opened.Json));
        string node = opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString()!;
        string body = $$"""{"token":"{{TokenOf(opened)}}","failed":"{{node}}","reason":"timeout"}""";
        JsonElement moved = (await scheduler.PlayAsync("POST", "/v1/sessions/failover", body)).Succeeds().Json;
        Assert.True(Held(moved)[0]);
        JsonElement repeated = (await scheduler.PlayAsync("POST", "/v1/sessions/failover", body)).Succeeds().Json; // the same place, told of again
        Assert.All(Held(repeated), Assert.False);
    }

    [Fact]
    public async Task Who_has_gone_to_a_spare_candidate_by_himself_keeps_it()
    {
        Answer opened = await scheduler.OpenAsync("spare");
        JsonElement[] candidates = [.. opened.Json.GetProperty("candidates").EnumerateArray()];
        string failed = candidates[0].GetProperty("node").GetString()!, last = candidates[2].GetProperty("node").GetString()!;
        JsonElement answer = (await scheduler.PlayAsync(
            "POST", "/v1/sessions/failover", $$"""{"token":"{{TokenOf(opened)}}","failed":"{{failed}}","reason":"timeout","playing":"{{last}}"}""")).Succeeds().Json;
        Assert.Equal(last, answer.GetProperty("candidates")[0].GetProperty("node").GetString());
        Assert.Equal("sticky", answer.GetProperty("decision").GetString());
    }

    [Fact]
    public async Task A_session_counts_on_its_first_candidate_until_it_is_closed()
    {
        Answer opened = await scheduler.OpenAsync("counted");
        string node = opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString()!;
        long before = await SessionsOf(node);
        Answer again = await scheduler.OpenAsync("counted");
        Assert.Equal(node, again.Json.GetProperty("candidates")[0].GetProperty("node").GetString());
        Assert.Equal(before + 1, await SessionsOf(node));
        foreach (Answer one in (Answer[])[opened, again])
            (await scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", TokenOf(one)))).Succeeds(204);
        Assert.Equal(before - 1, await SessionsOf(node));
    }

    [Fact]
    public async Task A_beat_renews_the_token()
    {
        Answer opened = await scheduler.OpenAsync();
        JsonElement beat = (await Beat(TokenOf(opened))).Succeeds().Json;
        Assert.Equal("stay", beat.GetProperty("action").GetString());
        Assert.Equal(30, beat.GetProperty("heartbeat_s").GetInt32());
        Assert.False(beat.TryGetProperty("candidates", out _));
        (await Beat(beat.GetProperty("token").GetString()!)).Succeeds();
    }

    [Fact]
    public async Task A_failover_names_others_than_the_node_that_failed()
    {
        Answer opened = await scheduler.OpenAsync();
        string failed = opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString()!;
        JsonElement answer = (await scheduler.PlayAsync(
            "POST", "/v1/sessions/failover", $$"""{"token":"{{TokenOf(opened)}}","failed":"{{failed}}","reason":"timeout"}""")).Succeeds().Json;
        Assert.Equal(opened.Json.GetProperty("session").GetString(), answer.GetProperty("session").GetString());
        Assert.DoesNotContain(failed, answer.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("node").GetString()));
        (await Beat(answer.GetProperty("token").GetString()!)).Succeeds();
    }

    [Fact]
    public async Task A_failover_from_a_node_that_no_one_knows_leaves_the_session_where_it_is()
    {
        Answer opened = await scheduler.OpenAsync();
        JsonElement answer = (await scheduler.PlayAsync(
            "POST", "/v1/sessions/failover", $$"""{"token":"{{TokenOf(opened)}}","failed":"no-such-node","reason":"timeout"}""")).Succeeds().Json;
        Assert.Equal(opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString(), answer.GetProperty("candidates")[0].GetProperty("node").GetString());
    }

    [Fact]
    public async Task Closing_twice_is_no_error_and_a_closed_session_does_not_beat()
    {
        string token = TokenOf(await scheduler.OpenAsync());
        for (int i = 0; i < 2; i++) (await scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", token))).Succeeds(204);
        (await Beat(token)).Refuses(410, "session-expired");
    }

    [Fact]
    public async Task A_previous_token_keeps_the_viewer_on_his_node_and_ends_the_old_session()
    {
        Answer old = await scheduler.OpenAsync("sticky");
        long count = scheduler.Sessions.Count;
        JsonElement answer = (await scheduler.PlayAsync(
            "POST", "/v1/sessions", $$"""{"stream":"sticky","client_ip":"133.1.2.3","previous_token":"{{TokenOf(old)}}"}""")).Succeeds(201).Json;
        Assert.Equal("sticky", answer.GetProperty("decision").GetString());
        Assert.Equal(old.Json.GetProperty("candidates")[0].GetProperty("node").GetString(), answer.GetProperty("candidates")[0].GetProperty("node").GetString());
        Assert.Equal(count, scheduler.Sessions.Count);
    }

    [Fact]
    public async Task A_batch_answers_each_in_order_and_a_bad_one_spoils_no_other()
    {
        JsonElement[] answers = [.. (await scheduler.PlayAsync("POST", "/v1/sessions:batch", """
            {"requests":[{"stream":"a","client_ip":"81.2.69.142"},{"stream":""},{"stream":"c","want":1},{"stream":"d","client_ip":"nowhere"}]}
            """)).Succeeds().Json.EnumerateObject().Single(m => m.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray()];
        Assert.Equal(4, answers.Length);
        Assert.Equal("a", answers[0].GetProperty("stream").GetString());
        Assert.Equal("stream", answers[1].GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(1, answers[2].GetProperty("candidates").GetArrayLength());
        Assert.Equal("client_ip", answers[3].GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Looking_holds_nothing_and_gives_no_ticket()
    {
        long before = scheduler.Sessions.Count;
        JsonElement answer = (await scheduler.PlayAsync("GET", "/v1/dispatch?stream=live-42&client_ip=81.2.69.142&want=2")).Succeeds().Json;
        Assert.Equal(["p00", "p01"], answer.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("site").GetString()));
        Assert.False(answer.GetProperty("candidates")[0].TryGetProperty("ticket", out _));
        Assert.False(answer.TryGetProperty("token", out _));
        Assert.Equal(before, scheduler.Sessions.Count);
    }

    [Fact]
    public async Task What_is_excluded_is_not_named()
    {
        JsonElement answer = (await scheduler.PlayAsync(
            "POST", "/v1/sessions", """{"stream":"s","client_ip":"81.2.69.142","exclude":["p00-00","p00-01","who"],"want":8}""")).Succeeds(201).Json;
        Assert.Equal(4, answer.GetProperty("candidates").GetArrayLength());
        Assert.All(answer.GetProperty("candidates").EnumerateArray(), c => Assert.NotEqual("p00", c.GetProperty("site").GetString()));
    }

    [Fact]
    public async Task Nobody_publishes_to_a_fleet_without_ingest() =>
        (await scheduler.PlayAsync("POST", "/v1/sessions", """{"stream":"s","kind":"publish"}""")).Refuses(503, "no-capacity").AsksToRetry();

    [Fact]
    public async Task A_browser_of_another_origin_may_call()
    {
        Answer asked = await scheduler.CallAsync(
            null, "OPTIONS", "/v1/sessions", (string?)null, ("Origin", "https://tv.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(204, asked.Status);
        Assert.Equal("*", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("DELETE", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Contains("X-Session-Token", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);

        Answer answer = await scheduler.CallAsync(
            null, "POST", $"/v1/sessions?k={scheduler.Key(ApiKeyKind.Player)}", """{"stream":"s"}""", ("Origin", "https://tv.example"));
        Assert.Equal("*", Assert.Single(answer.Succeeds(201).Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Every_refusal_of_a_browser_can_be_read_by_it()
    {
        Answer answer = await scheduler.CallAsync(null, "POST", "/v1/sessions", "{}", ("Origin", "https://tv.example"));
        Assert.Equal("*", Assert.Single(answer.Refuses(401, "unauthorized").Headers.GetValues("Access-Control-Allow-Origin")));
    }

    internal static string TokenOf(Answer answer) => answer.Json.GetProperty("token").GetString()!;

    private Task<Answer> Beat(string token) => scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""");

    private async Task<long> SessionsOf(string node) =>
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", $"/v1/admin/nodes/{node}")).Succeeds().Json.GetProperty("sessions").GetInt64();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,120}$")]
    private static partial Regex Ticket();
}
