using System.Net;

namespace Scheduler.Tests.Cli.Watching;

public sealed class WatchCommandTests
{
    private const string Two =
        "retry: 2000\n\n"
        + "id: 18\nevent: revision\ndata: {\"revision\":18,\"at\":\"2026-01-01T12:00:01Z\",\"author\":\"olga\",\"reason\":\"a new switch\",\"kind\":\"drain\"}\n\n"
        + ": still here\n\n"
        + "id: 18.5\nevent: drain\ndata: {\"at\":\"2026-01-01T12:00:02Z\",\"revision\":18,\"drain\":{\"id\":\"d-7\",\"target\":{\"site\":\"lon1\"},\"phase\":\"migrating\",\"admitting\":0,"
        + "\"sessions_left\":120,\"moved\":80,\"receivers\":{\"count\":14,\"waiting\":[],\"reason\":\"3 of 14 receivers wait: ams over 90 %\"}}}\n\n";

    private const string Degraded =
        "id: 18.6\nevent: degraded\ndata: {\"at\":\"2026-01-01T12:00:03Z\",\"revision\":18,\"mode\":\"frozen\",\"holds\":true,\"detail\":\"most sites fell silent\"}\n\n"
        + "id: 18.7\nevent: degraded\ndata: {\"at\":\"2026-01-01T12:00:04Z\",\"revision\":18,\"mode\":\"frozen\",\"holds\":false}\n\n"
        + "id: 18.8\nevent: degraded\ndata: {\"at\":"; // cut off: no event

    private readonly CliRun _cli = new();

    [Fact]
    public async Task For_people_each_event_is_a_line_and_a_lost_connection_is_taken_up_where_it_broke_off()
    {
        _cli.Server.Answers(HttpStatusCode.OK, Two, "text/event-stream").Refuses().Answers(HttpStatusCode.OK, Degraded, "text/event-stream")
            .Answers(HttpStatusCode.Unauthorized, """{"title":"No key.","status":401}""", "application/problem+json");
        Assert.Equal(1, await RunAsync("watch"));
        Assert.Equal(
            [
                "2026-01-01 12:00:01Z revision 18 by olga: a new switch (drain)",
                "2026-01-01 12:00:02Z drain d-7 lon1: migrating, 100 % closed, 120 sessions left, 80 moved; 3 of 14 receivers wait: ams over 90 %",
                "2026-01-01 12:00:03Z frozen begins: most sites fell silent",
                "2026-01-01 12:00:04Z frozen ends",
            ],
            _cli.Out.TrimEnd().Split('\n'));
        Assert.False((await _cli.Server.NextAsync()).Headers.ContainsKey("Last-Event-ID"));
        Assert.Equal("18.5", (await _cli.Server.NextAsync()).Headers["Last-Event-ID"]);
        Assert.Equal("18.5", (await _cli.Server.NextAsync()).Headers["Last-Event-ID"]);
    }

    [Fact]
    public async Task For_programs_each_event_is_a_line_of_json_that_begins_where_it_was_asked_to()
    {
        _cli.Server.Answers(HttpStatusCode.OK, Degraded, "text/event-stream").Answers(HttpStatusCode.Forbidden, """{"title":"No.","status":403}""", "application/problem+json");
        Assert.Equal(1, await RunAsync("watch", "--json", "--after", "17"));
        Assert.Equal(
            """{"id":"18.6","type":"degraded","data":{"at":"2026-01-01T12:00:03Z","revision":18,"mode":"frozen","holds":true,"detail":"most sites fell silent"}}""",
            _cli.Out.Split('\n')[0]);
        Assert.Equal("17", (await _cli.Server.NextAsync()).Headers["Last-Event-ID"]);
    }

    [Fact]
    public async Task Who_fell_too_far_behind_is_told_and_begins_anew()
    {
        _cli.Server.Answers(HttpStatusCode.OK, Two + ": dropped: too far behind\n\n", "text/event-stream")
            .Answers(HttpStatusCode.Forbidden, """{"title":"No.","status":403}""", "application/problem+json");
        Assert.Equal(1, await RunAsync("watch"));
        Assert.Contains("dropped: too far behind; trying again", _cli.Error, StringComparison.Ordinal);
        await _cli.Server.NextAsync();
        Assert.False((await _cli.Server.NextAsync()).Headers.ContainsKey("Last-Event-ID"));
    }

    [Fact]
    public async Task A_scheduler_that_does_not_answer_at_first_is_an_error()
    {
        _cli.Server.Refuses();
        Assert.Equal(1, await RunAsync("watch"));
    }

    /// <summary>Runs a command whose waits the clock makes short.</summary>
    private async Task<int> RunAsync(params string[] args)
    {
        Task<int> run = _cli.RunAsync(args);
        while (!run.IsCompleted)
        {
            if (_cli.Clock.Armed > 0) _cli.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        return await run;
    }
}
