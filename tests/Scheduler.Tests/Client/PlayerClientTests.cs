using System.Net;
using System.Text.Json;
using Scheduler.Client;
using Scheduler.Client.Sessions;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Tests.Client;

public sealed class PlayerClientTests
{
    internal const string Opened = """
        {"session":"s1","token":"t1","heartbeat_s":30,"expires_at":"2026-01-01T00:01:15Z","stream":"live-42","cell":"GB-51n-000e-5089",
         "candidates":[{"rank":1,"node":"lon1-03","site":"lon1","idc":"ams","host":"h","url":"https://h/live-42","ticket":"k","rtt_ms":8.1},
                       {"rank":2,"node":"ams1-01","site":"ams1","idc":"ams","host":"h2","url":"https://h2/live-42","ticket":"k2","rtt_ms":14}],
         "revision":17,"decision":"placed","member_of_a_later_version":{"x":[1]}}
        """;

    private readonly VirtualClock _clock = new();
    private readonly FakeTransport _server = new();

    private PlayerClient Client(RetryPolicy? retry = null, string? key = null) =>
        new(_server.Client(), _clock, new PlayerClientOptions { Retry = retry ?? new RetryPolicy(), Key = key, Random = new Random(7) });

    [Fact]
    public async Task Open_sends_what_was_given_and_nothing_else()
    {
        _server.Answers(HttpStatusCode.Created, Opened);
        Result<SessionAnswerMessage> answer = await Client(key: "pk_x").OpenAsync(new SessionRequestMessage { Stream = "live-42", ClientIp = "192.0.2.1", Want = 2 });
        FakeTransport.Call call = await _server.NextAsync();
        Assert.Equal("POST /v1/sessions", $"{call.Method} {call.Path}");
        Assert.Equal("""{"stream":"live-42","client_ip":"192.0.2.1","want":2}""", call.Body);
        Assert.Equal("Bearer pk_x", call.Headers["Authorization"]);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.True(answer.IsOk);
        Assert.Equal(["lon1-03", "ams1-01"], answer.Value.Candidates.Select(c => c.Node));
        Assert.Equal(30, answer.Value.HeartbeatS);
        Assert.Null(answer.Value.SteeringUrl);
    }

    [Fact]
    public async Task A_503_is_tried_again_after_what_the_server_asks_with_the_same_idempotency_key()
    {
        _server.Answers(HttpStatusCode.ServiceUnavailable, "{}", retryAfter: TimeSpan.FromSeconds(4)).Answers(HttpStatusCode.Created, Opened);
        Task<Result<SessionAnswerMessage>> opening = Client().OpenAsync(new SessionRequestMessage { Stream = "live-42" });
        FakeTransport.Call first = await _server.NextAsync();
        TimeSpan wait = await _clock.ArmedAsync(d => d > TimeSpan.FromSeconds(3) && d != TimeSpan.FromSeconds(5));
        Assert.InRange(wait, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4.8));
        Assert.False(_server.HasMore);
        _clock.Advance(wait);
        Assert.True((await opening).IsOk);
        FakeTransport.Call second = await _server.NextAsync();
        Assert.Equal(first.Headers["Idempotency-Key"], second.Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_wait_longer_than_the_policy_allows_is_the_callers_to_decide()
    {
        _server.Answers(HttpStatusCode.ServiceUnavailable, "{}", retryAfter: TimeSpan.FromMinutes(5));
        Result<SessionAnswerMessage> answer = await Client().OpenAsync(new SessionRequestMessage { Stream = "live-42" });
        Assert.Equal(503, answer.Problem?.Status);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Problem?.RetryAfter);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_names_every_field()
    {
        _server.Answers(
            HttpStatusCode.UnprocessableEntity,
            """{"type":"/problems/invalid","title":"Invalid","status":422,"errors":[{"field":"stream","reason":"too long"},{"field":"want","reason":"over 8"}]}""",
            "application/problem+json");
        Result<SessionAnswerMessage> answer = await Client().OpenAsync(new SessionRequestMessage { Stream = "x" });
        Assert.Equal(422, answer.Problem?.Status);
        Assert.Equal([new WireProblem("stream", "too long"), new WireProblem("want", "over 8")], answer.Problem!.Errors.ToArray());
        await _server.NextAsync();
        Assert.False(_server.HasMore);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_a_value_and_no_exception()
    {
        _server.Refuses();
        Result<SessionAnswerMessage> answer = await Client(RetryPolicy.Once).OpenAsync(new SessionRequestMessage { Stream = "x" });
        Assert.True(answer.Problem?.IsUnreachable);
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"token":"t","heartbeat_s":30}""")]
    [InlineData("""{"session":"s","token":"t","heartbeat_s":30,"expires_at":"2026-01-01T00:01:15Z","stream":"x","cell":"c","candidates":[],"revision":1,"decision":"placed"}""")]
    [InlineData("""{"session":"s","token":"t","heartbeat_s":30,"expires_at":"2026-01-01T00:01:15Z","stream":"x","cell":"c","candidates":null,"revision":1,"decision":"placed"}""")]
    public async Task An_answer_that_is_none_is_a_problem(string body)
    {
        _server.Answers(HttpStatusCode.OK, body);
        Assert.False((await Client(RetryPolicy.Once).OpenAsync(new SessionRequestMessage { Stream = "x" })).IsOk);
    }

    [Fact]
    public async Task A_html_error_page_keeps_its_status()
    {
        _server.Answers(HttpStatusCode.BadGateway, "<html>", "text/html");
        Assert.Equal(502, (await Client(RetryPolicy.Once).OpenAsync(new SessionRequestMessage { Stream = "x" })).Problem?.Status);
    }

    [Fact]
    public async Task Close_sends_the_token_in_its_header_and_an_unknown_session_is_closed_too()
    {
        _server.Answers(HttpStatusCode.NoContent, "").Answers(HttpStatusCode.NotFound, "{}");
        PlayerClient client = Client();
        Assert.Null(await client.CloseAsync("t9"));
        FakeTransport.Call call = await _server.NextAsync();
        Assert.Equal("DELETE /v1/sessions t9", $"{call.Method} {call.Path} {call.Headers["X-Session-Token"]}");
        Assert.Null(await client.CloseAsync("t9"));
    }

    [Fact]
    public async Task Failover_names_the_node_and_the_reason()
    {
        _server.Answers(HttpStatusCode.OK, Opened);
        Assert.True((await Client().FailoverAsync("t1", "lon1-01", "connect_timeout")).IsOk);
        using JsonDocument body = JsonDocument.Parse((await _server.NextAsync()).Body);
        Assert.Equal("lon1-01", body.RootElement.GetProperty("failed").GetString());
        Assert.Equal("connect_timeout", body.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public void Each_wait_is_drawn_from_the_one_before_stays_under_its_cap_and_ends()
    {
        var policy = new RetryPolicy { Attempts = 6, FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(8) };
        SchedulerProblem overload = SchedulerProblem.Unreachable("x");
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            TimeSpan before = TimeSpan.Zero;
            for (int failures = 1; failures < 6; failures++)
            {
                TimeSpan wait = policy.DelayAfter(failures, before, overload, random)!.Value;
                Assert.InRange(wait.TotalSeconds, 1, Math.Min(8, 3 * Math.Max(1, before.TotalSeconds)));
                before = wait;
            }
        }
        Assert.Null(policy.DelayAfter(6, TimeSpan.Zero, overload, random));
        Assert.Null(policy.DelayAfter(1, TimeSpan.Zero, overload with { Status = 404 }, random));
    }
}
