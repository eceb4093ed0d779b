using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.State.Ports;
using Scheduler.Tests.Core.Sessions;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Players;

/// <summary>Whatever is sent: the right refusal, with field and reason, and nothing changed.</summary>
public sealed class BadInputTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Theory]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("{}", "stream")]
    [InlineData("""{"stream":5}""", "stream")]
    [InlineData("""{"stream":""}""", "stream")]
    [InlineData("""{"stream":"a b"}""", "stream")]
    [InlineData("""{"stream":"a/../b"}""", "stream")]
    [InlineData("""{"stream":"s","stream":"t"}""", "stream")]
    [InlineData("""{"stream":"\ud800"}""", "body")]
    [InlineData("""{"stream":"s","client_ip":"\ud800"}""", "body")]
    [InlineData("""{"stream":"s","\ud800":1}""", "body")]
    [InlineData("""{"stream":"s","x":"\udc00\ud800"}""", "body")]
    [InlineData("""{"stream":"s","want":1e400}""", "want")]
    [InlineData("""{"stream":"s","want":-0}""", "want")]
    [InlineData("""{"stream":"s","bitrate_bps":1e400}""", "bitrate_bps")]
    [InlineData("""{"stream":"s","bitrate_bps":-0}""", "bitrate_bps")]
    [InlineData("""{"stream":"s","bitrate_bps":NaN}""", "body")]
    [InlineData("""{"stream":"s","client_ip":"0x7f.1"}""", "client_ip")]
    [InlineData("""{"stream":"s","client_ip":"1.2.3.4%eth0"}""", "client_ip")]
    [InlineData("""{"stream":"s","want":0}""", "want")]
    [InlineData("""{"stream":"s","want":9}""", "want")]
    [InlineData("""{"stream":"s","want":-1}""", "want")]
    [InlineData("""{"stream":"s","want":1e30}""", "want")]
    [InlineData("""{"stream":"s","want":"3"}""", "want")]
    [InlineData("""{"stream":"s","want":NaN}""", "body")]
    [InlineData("""{"stream":"s","bitrate_bps":-1}""", "bitrate_bps")]
    [InlineData("""{"stream":"s","bitrate_bps":1e30}""", "bitrate_bps")]
    [InlineData("""{"stream":"s","bitrate_bps":0}""", "bitrate_bps")]
    [InlineData("""{"stream":"s","protocol":"gopher"}""", "protocol")]
    [InlineData("""{"stream":"s","kind":"record"}""", "kind")]
    [InlineData("""{"stream":"s","client_ip":"1.2.3.4.5"}""", "client_ip")]
    [InlineData("""{"stream":"s","client_ip":"::gg"}""", "client_ip")]
    [InlineData("""{"stream":"s","client_ip":7}""", "client_ip")]
    [InlineData("""{"stream":"s","exclude":"p00-00"}""", "exclude")]
    [InlineData("""{"stream":"s","exclude":[1]}""", "exclude[0]")]
    public async Task A_bad_session_request_names_its_field(string body, string field) =>
        await Unchanged(async () => (await scheduler.PlayAsync("POST", "/v1/sessions", body)).Refuses(400, "invalid-request", field));

    [Theory]
    [InlineData("stream")]
    [InlineData("client_ip")]
    [InlineData("unknown")]
    public async Task Bytes_that_are_no_UTF_8_are_refused_wherever_they_stand(string member)
    {
        foreach (byte[] bad in (byte[][])[[0xED, 0xA0, 0x80], [0xC3, 0x28], [0xFF], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0xAF]])
        {
            byte[] body = [.. Encoding.UTF8.GetBytes($"{{\"{member}\":\"x"), .. bad, .. "\",\"want\":1}"u8];
            byte[] name = [.. "{\"stream\":\"s\",\""u8, .. bad, .. "\":1}"u8];
            await Unchanged(async () => (await scheduler.CallAsync(scheduler.Key(ApiKeyKind.Backend), "POST", "/v1/sessions", body)).Refuses(400, "invalid-request", "body"));
            await Unchanged(async () => (await scheduler.CallAsync(scheduler.Key(ApiKeyKind.Backend), "POST", "/v1/sessions", name)).Refuses(400, "invalid-request", "body"));
        }
    }

    [Fact]
    public async Task Every_problem_is_told_at_once() => await Unchanged(async () =>
        (await scheduler.PlayAsync("POST", "/v1/sessions", """{"want":0,"kind":"x","bitrate_bps":-5}""")).Refuses(400, "invalid-request", "want", "kind", "bitrate_bps", "stream"));

    [Fact]
    public async Task Unknown_members_are_ignored() =>
        (await scheduler.PlayAsync("POST", "/v1/sessions", """{"colour":{"a":[1,{"b":null}]},"stream":"s","want":1}""")).Succeeds(201);

    [Fact]
    public async Task Nesting_without_end_is_refused() => await Unchanged(async () => (await scheduler.PlayAsync(
        "POST", "/v1/sessions", $$"""{"stream":"s","x":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}""")).Refuses(400, "invalid-request", "body"));

    [Theory]
    [InlineData("/v1/sessions", 17 << 10)]
    [InlineData("/v1/sessions/heartbeat", 5 << 10)]
    [InlineData("/v1/sessions/failover", 5 << 10)]
    [InlineData("/v1/sessions:batch", 3 << 20)]
    [InlineData("/v1/sessions", 9 << 20)]
    public async Task A_body_beyond_the_limit_is_refused_unread(string path, int length) => await Unchanged(async () =>
        (await scheduler.PlayAsync("POST", path, new string(' ', length))).Refuses(413, "body-too-large"));

    [Theory]
    [InlineData("/v1/sessions/heartbeat", "{}", "token")]
    [InlineData("/v1/sessions/heartbeat", """{"token":""}""", "token")]
    [InlineData("/v1/sessions/heartbeat", """{"token":"no token"}""", "token")]
    [InlineData("/v1/sessions/heartbeat", """{"token":17}""", "token")]
    [InlineData("/v1/sessions/heartbeat", "", "body")]
    [InlineData("/v1/sessions/failover", """{"token":"x","failed":"p00-00","reason":"r"}""", "token")]
    [InlineData("/v1/sessions:batch", "{}", "requests")]
    [InlineData("/v1/sessions:batch", """{"requests":{}}""", "requests")]
    [InlineData("/v1/sessions:batch", "", "body")]
    public async Task A_bad_body_of_the_other_calls_names_its_field(string path, string body, string field) =>
        await Unchanged(async () => (await scheduler.PlayAsync("POST", path, body)).Refuses(400, "invalid-request", field));

    [Fact]
    public async Task A_batch_holds_a_thousand_at_most() => await Unchanged(async () => (await scheduler.PlayAsync(
        "POST", "/v1/sessions:batch", $$"""{"requests":[{{string.Join(',', Enumerable.Repeat("""{"stream":"s"}""", 1_001))}}]}""")).Refuses(400, "invalid-request", "requests"));

    [Theory]
    [InlineData("", "stream")]
    [InlineData("?stream=", "stream")]
    [InlineData("?stream=s&want=0", "want")]
    [InlineData("?stream=s&want=1e99", "want")]
    [InlineData("?stream=s&client_ip=here", "client_ip")]
    [InlineData("?stream=s&protocol=x", "protocol")]
    public async Task A_bad_look_names_its_parameter(string query, string field) =>
        (await scheduler.PlayAsync("GET", "/v1/dispatch" + query)).Refuses(400, "invalid-request", field);

    [Fact]
    public async Task A_token_that_was_changed_is_not_ours()
    {
        string token = SessionCallTests.TokenOf(await scheduler.OpenAsync());
        foreach (int place in (int[])[4, 20, token.Length / 2, token.Length - 1])
        {
            string forged = token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
            await Unchanged(async () => (await Beat(forged)).Refuses(401, "invalid-token"));
        }
    }

    [Fact]
    public async Task A_token_that_was_cut_is_none() => await Unchanged(async () =>
    {
        string token = SessionCallTests.TokenOf(await scheduler.OpenAsync());
        Answer cut = await Beat(token[..^8]);
        Assert.Contains(cut.Status, (int[])[400, 401]);
        Assert.Equal("application/problem+json", cut.MediaType);
        return cut;
    }, opened: 1);

    [Fact]
    public async Task Another_schedulers_token_is_not_ours() =>
        await Unchanged(async () => (await Beat(Mint(Keys.Foreign(), expiresInS: 60))).Refuses(401, "invalid-token"));

    [Fact]
    public async Task An_expired_token_says_that_the_session_has_ended() =>
        await Unchanged(async () => (await Beat(Mint(scheduler.TokenKeys, expiresInS: -3_600))).Refuses(410, "session-expired"));

    [Fact]
    public async Task A_session_that_lives_beats_although_the_calendar_has_passed_its_token()
    {
        byte[] token = Encoding.ASCII.GetBytes(SessionCallTests.TokenOf(await scheduler.OpenAsync())), stream = new byte[StreamName.MaxLength];
        uint now = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.Equal(TokenVerdict.Valid, SessionToken.Read(token, scheduler.TokenKeys, now, stream, out SessionClaims claims, out int length));
        byte[] passed = new byte[SessionToken.MaxLength];
        int written = SessionToken.Write(claims with { ExpiresAtUnixS = now - 3_600 }, stream.AsSpan(0, length), scheduler.TokenKeys, passed);
        string text = Encoding.ASCII.GetString(passed, 0, written);
        (await Beat(text)).Succeeds();
        (await scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", text))).Succeeds(204);
        (await Beat(text)).Refuses(410, "session-expired");
    }

    [Fact]
    public async Task A_previous_token_that_is_none_of_ours_does_no_harm() => (await scheduler.PlayAsync(
        "POST", "/v1/sessions", $$"""{"stream":"s","previous_token":"{{Mint(Keys.Foreign(), 60)}}"}""")).Succeeds(201);

    [Fact]
    public async Task To_close_takes_a_token()
    {
        (await scheduler.PlayAsync("DELETE", "/v1/sessions")).Refuses(400, "invalid-request", "X-Session-Token");
        (await scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", new string('x', 2_000)))).Refuses(400, "invalid-request", "X-Session-Token");
    }

    [Fact]
    public async Task Only_a_backend_names_the_viewers_address()
    {
        (await scheduler.CallAsync(scheduler.Key(ApiKeyKind.Player), "POST", "/v1/sessions", """{"stream":"s","client_ip":"81.2.69.142"}"""))
            .Refuses(403, "forbidden", "client_ip");
        (await scheduler.CallAsync(scheduler.Key(ApiKeyKind.Player), "POST", "/v1/sessions", """{"stream":"s"}""")).Succeeds(201);
    }

    private Task<Answer> Beat(string token) => scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""");

    private async Task Unchanged(Func<Task<Answer>> call, int opened = 0)
    {
        (long sessions, int errors) = (scheduler.Sessions.Count, Errors());
        await call();
        Assert.Equal(sessions + opened, scheduler.Sessions.Count);
        Assert.Equal(errors, Errors());
    }

    /// <summary>Lines of the log that are worse than information: a caller's fault is none of the server's.</summary>
    private int Errors() => scheduler.Log.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal));

    private static string Mint(TokenKeyRing keys, int expiresInS)
    {
        byte[] stream = "s"u8.ToArray(), token = new byte[SessionToken.MaxLength];
        var claims = new SessionClaims(
            1, 2, 1, 1, StreamName.Hash(stream), 3_000, 1, SessionKind.Play, Scheduler.Core.Topology.StreamProtocols.Hls,
            (uint)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + expiresInS));
        return Encoding.ASCII.GetString(token, 0, SessionToken.Write(in claims, stream, keys, token));
    }
}
