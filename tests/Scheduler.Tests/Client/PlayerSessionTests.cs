using System.Net;
using System.Threading.Channels;
using Scheduler.Client;
using Scheduler.Client.Sessions;
using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Tests.Client;

public sealed class PlayerSessionTests
{
    private static readonly TimeSpan LeastBeat = TimeSpan.FromSeconds(30 * 0.8);

    private readonly VirtualClock _clock = new();
    private readonly FakeTransport _server = new();
    private readonly Channel<string> _moves = Channel.CreateUnbounded<string>();
    private readonly Channel<SchedulerProblem> _troubles = Channel.CreateUnbounded<SchedulerProblem>();

    private async Task<PlayerSession> OpenAsync(RetryPolicy? retry = null)
    {
        _server.Answers(HttpStatusCode.Created, PlayerClientTests.Opened);
        var client = new PlayerClient(_server.Client(), _clock, new PlayerClientOptions { Random = new Random(3), Retry = retry ?? new RetryPolicy() });
        Result<PlayerSession> session = await client.PlaySessionAsync(new SessionRequestMessage { Stream = "live-42" }, new PlayerCallbacks
        {
            Move = (candidates, _) =>
            {
                _moves.Writer.TryWrite(candidates[0].Node);
                return ValueTask.CompletedTask;
            },
            Measure = () => new PlaybackQuality(12.5, 4_000_000, 0),
            Trouble = problem => _troubles.Writer.TryWrite(problem),
        });
        await _server.NextAsync();
        return session.Value!;
    }

    private async Task<FakeTransport.Call> NextBeatAsync()
    {
        TimeSpan wait = await _clock.ArmedAsync(d => d > TimeSpan.FromSeconds(5));
        Assert.InRange(wait, LeastBeat, TimeSpan.FromSeconds(30));
        _clock.Advance(wait);
        return await _server.NextAsync();
    }

    /// <summary>After a beat that was lost.</summary>
    private async Task<FakeTransport.Call> NextTryAsync()
    {
        TimeSpan wait = await _clock.ArmedAsync(d => d >= TimeSpan.FromSeconds(1) && d != TimeSpan.FromSeconds(5)); // 5 s: how long a try may take
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9));
        _clock.Advance(wait);
        return await _server.NextAsync();
    }

    [Fact]
    public async Task It_beats_a_little_early_with_the_newest_token_and_what_was_measured()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(HttpStatusCode.OK, """{"action":"stay","token":"t2","heartbeat_s":30}""")
            .Answers(HttpStatusCode.OK, """{"action":"stay","token":"t3","heartbeat_s":30}""");
        Assert.Equal("""{"token":"t1","rtt_ms":12.5,"throughput_bps":4000000,"stall_ms":0}""", (await NextBeatAsync()).Body);
        Assert.Contains("\"t2\"", (await NextBeatAsync()).Body, StringComparison.Ordinal);
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_move_reaches_the_player_once_and_a_stay_never_does()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(HttpStatusCode.OK, """{"action":"stay","token":"t2","heartbeat_s":30}""")
            .Answers(HttpStatusCode.OK, """{"action":"move","token":"t3","heartbeat_s":30,"candidates":[{"rank":1,"node":"par1-01","site":"par1","idc":"ams","host":"h3","rtt_ms":9}]}""");
        await NextBeatAsync();
        await NextBeatAsync();
        Assert.Equal("par1-01", await _moves.Reader.ReadAsync());
        Assert.Equal("par1-01", session.Serving.Node);
        Assert.Equal("t3", session.Current.Token);
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
        Assert.Equal(0, _moves.Reader.Count);
    }

    [Fact]
    public async Task A_scheduler_that_is_gone_leaves_the_player_where_it_is_and_the_beats_go_on()
    {
        PlayerSession session = await OpenAsync();
        for (int i = 0; i < 3; i++)
        {
            _server.Refuses();
            await (i == 0 ? NextBeatAsync() : NextTryAsync());
            Assert.True((await _troubles.Reader.ReadAsync()).IsUnreachable);
        }
        Assert.Equal("lon1-03", session.Serving.Node);
        Assert.Equal("t1", session.Current.Token);
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_is_no_longer_known_is_opened_again_with_its_old_token()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(HttpStatusCode.Gone, "{}")
            .Answers(HttpStatusCode.Created, PlayerClientTests.Opened.Replace("\"t1\"", "\"t8\"", StringComparison.Ordinal));
        await NextBeatAsync();
        FakeTransport.Call reopened = await _server.NextAsync();
        Assert.Equal("/v1/sessions", reopened.Path);
        Assert.Contains("\"previous_token\":\"t1\"", reopened.Body, StringComparison.Ordinal);
        await _clock.ArmedAsync(d => d > TimeSpan.FromSeconds(5));
        Assert.Equal("t8", session.Current.Token);
        Assert.Equal(0, _moves.Reader.Count); // the same node: nothing for the player to do
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_failover_moves_the_player_before_it_returns()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(HttpStatusCode.OK, PlayerClientTests.Opened.Replace("lon1-03", "lon1-09", StringComparison.Ordinal));
        Assert.Null(await session.FailoverAsync("lon1-03", "http_5xx"));
        Assert.True(_moves.Reader.TryRead(out string? spare));
        Assert.True(_moves.Reader.TryRead(out string? better));
        Assert.Equal(("ams1-01", "lon1-09"), (spare, better));
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_failover_goes_to_the_spare_candidate_before_the_scheduler_is_asked_and_tells_it_so()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(call =>
        {
            Assert.True(_moves.Reader.TryRead(out string? node)); // he plays already
            Assert.Equal("ams1-01", node);
            Assert.Contains("\"failed\":\"lon1-03\"", call.Body, StringComparison.Ordinal);
            Assert.Contains("\"playing\":\"ams1-01\"", call.Body, StringComparison.Ordinal);
            return FakeTransport.Response(HttpStatusCode.OK, PlayerClientTests.Opened.Replace("\"t1\"", "\"t2\"", StringComparison.Ordinal).Replace("lon1-03", "ams1-01", StringComparison.Ordinal));
        });
        Assert.Null(await session.FailoverAsync("lon1-03", "http_5xx"));
        Assert.Equal("ams1-01", session.Serving.Node);
        Assert.Equal("t2", session.Current.Token);
        Assert.Equal(0, _moves.Reader.Count); // kept there: no second move
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_scheduler_that_is_gone_is_told_of_a_failover_with_the_next_beat()
    {
        PlayerSession session = await OpenAsync(RetryPolicy.Once);
        _server.Refuses();
        Assert.Null(await session.FailoverAsync("lon1-03", "http_5xx"));
        Assert.Equal("ams1-01", session.Serving.Node);
        Assert.NotNull(await session.FailoverAsync("ams1-01", "http_5xx")); // no spare is left, and nobody names one
        _server.Answers(HttpStatusCode.OK, PlayerClientTests.Opened.Replace("lon1-03", "par1-02", StringComparison.Ordinal));
        await _server.NextAsync();
        await _server.NextAsync();
        FakeTransport.Call told = await NextBeatAsync();
        Assert.Equal("/v1/sessions/failover", told.Path);
        Assert.Contains("\"failed\":\"ams1-01\"", told.Body, StringComparison.Ordinal);
        await _clock.ArmedAsync(d => d > TimeSpan.FromSeconds(5));
        Assert.Equal("par1-02", session.Serving.Node);
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_says_goodbye_with_the_newest_token_once_and_stops_the_beats()
    {
        PlayerSession session = await OpenAsync();
        _server.Answers(HttpStatusCode.NoContent, "");
        await session.DisposeAsync();
        await session.DisposeAsync();
        FakeTransport.Call call = await _server.NextAsync();
        Assert.Equal("DELETE t1", $"{call.Method} {call.Headers["X-Session-Token"]}");
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_server.HasMore);
        Assert.Equal(0, _clock.Armed);
    }
}
