using System.Net;

namespace Scheduler.Tests.Cli.Drains;

public sealed class DrainWatchTests
{
    private const string Migrating =
        """{"id":"d-7","target":{"site":"lon1"},"state":"active","expires_at":"2026-01-01T02:00:00Z","phase":"migrating","admitting":0,"sessions_left":120,"left_bps":360000000,"moved":80}""";

    private const string Drained =
        """{"id":"d-7","target":{"site":"lon1"},"state":"active","expires_at":"2026-01-01T02:00:00Z","phase":"drained","admitting":0,"sessions_left":0,"left_bps":0,"moved":200}""";

    private readonly CliRun _cli = new();

    [Fact]
    public async Task It_prints_a_line_of_json_a_second_until_the_target_is_empty()
    {
        _cli.Server.Answers(HttpStatusCode.OK, Migrating).Answers(HttpStatusCode.OK, Migrating).Answers(HttpStatusCode.OK, Drained);
        Assert.Equal(0, await RunAsync("drain", "watch", "d-7", "--json"));
        Assert.Equal([Migrating, Migrating, Drained], Lines());
        Assert.Equal("/v1/admin/drains/d-7", (await _cli.Server.NextAsync()).Path);
    }

    [Fact]
    public async Task For_people_without_a_terminal_it_tells_what_has_changed()
    {
        string paused = Migrating.Replace("\"migrating\"", "\"paused\",\"paused\":{\"cause\":\"receiver_full\",\"reason\":\"ams is fuller than 90 %\",\"site\":\"ams\"}", StringComparison.Ordinal);
        _cli.Server.Answers(HttpStatusCode.OK, Migrating).Answers(HttpStatusCode.OK, Migrating).Answers(HttpStatusCode.OK, paused).Answers(HttpStatusCode.OK, Drained);
        Assert.Equal(0, await RunAsync("drain", "watch", "d-7"));
        Assert.Equal(
            [
                "d-7 lon1: migrating, 100 % closed, 120 sessions left, 80 moved",
                "d-7 lon1: paused, 100 % closed, 120 sessions left, 80 moved; ams is fuller than 90 %",
                "d-7 lon1: drained, 100 % closed, 0 sessions left, 200 moved",
            ],
            Lines());
    }

    [Fact]
    public async Task A_drain_that_is_gone_while_it_is_watched_was_cancelled()
    {
        _cli.Server.Answers(HttpStatusCode.OK, Migrating).Answers(HttpStatusCode.NotFound, """{"title":"Not found.","status":404}""", "application/problem+json");
        Assert.Equal(0, await RunAsync("drain", "watch", "d-7"));
        Assert.Contains("d-7 is cancelled", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_that_never_was_is_an_error()
    {
        _cli.Server.Answers(HttpStatusCode.NotFound, """{"title":"Not found.","status":404}""", "application/problem+json");
        Assert.Equal(1, await RunAsync("drain", "watch", "d-9"));
    }

    [Fact]
    public async Task The_list_shows_phase_progress_and_why_a_drain_waits()
    {
        string late = Migrating.Replace("\"migrating\",\"admitting\":0", "\"ramping\",\"admitting\":0.42,\"ramp_late_s\":300", StringComparison.Ordinal);
        _cli.Server.Answers(HttpStatusCode.OK, $$"""{"drains":[{{late}}],"revision":7}""");
        Assert.Equal(0, await RunAsync("drain", "list"));
        foreach (string part in (string[])["ramping", "58 %", "120, 360 Mbit/s", "d-7 takes 5 min longer to close"]) Assert.Contains(part, _cli.Out, StringComparison.Ordinal);
    }

    private string[] Lines() => _cli.Out.TrimEnd().Split('\n');

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
