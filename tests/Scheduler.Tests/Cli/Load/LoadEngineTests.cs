using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scheduler.Cli;
using Spectre.Console;

namespace Scheduler.Tests.Cli.Load;

/// <summary>The whole of <c>scheduler load</c> against a small server on a real socket.</summary>
public sealed class LoadEngineTests
{
    [Fact]
    public async Task Viewers_come_beat_move_and_leave_no_session_behind_and_nodes_report_what_they_were_assigned()
    {
        await using var server = await SmallScheduler.StartAsync();
        var output = new StringWriter();
        var error = new StringWriter();
        int code = await SchedulerCommand.RunAsync(
            ["load", "--viewers", "50", "--nodes", "all", "--duration", "2s", "--ramp", "200ms", "--session-mean", "800ms",
             "--connections", "4", "--failures", "0.1", "--json", "--url", server.Url],
            Host(output, error));
        Assert.Equal("", error.ToString());
        Assert.Equal(0, code);
        using JsonDocument summary = JsonDocument.Parse(output.ToString());
        JsonElement root = summary.RootElement;
        Assert.Equal(0, server.Open); // every session that was opened was closed
        Assert.Equal(0, server.Foreign); // no beat, failover or farewell with a token that the server did not give
        Assert.True(server.Opened > 50, "who leaves is followed by another");
        Assert.Equal(server.Opened, root.GetProperty("opens").GetInt64());
        Assert.Equal(server.Opened, root.GetProperty("closes").GetInt64());
        Assert.Equal(server.Opened, root.GetProperty("by_decision").GetProperty("placed").GetInt64());
        Assert.Equal(server.Moves, root.GetProperty("moves").GetInt64());
        Assert.True(root.GetProperty("moves").GetInt64() > 0);
        Assert.True(root.GetProperty("failovers").GetInt64() > 0);
        Assert.Equal(0, root.GetProperty("unreadable").GetInt64());
        Assert.Equal(0, root.GetProperty("broken_connections").GetInt64());
        Assert.Equal(0, root.GetProperty("resent").GetInt64());
        Assert.Equal(2, root.GetProperty("nodes").GetInt32());
        Assert.True(root.GetProperty("reports_accepted").GetInt64() >= 2);
        Assert.True(server.MostReportedSessions is > 0 and <= 50);
    }

    [Fact]
    public async Task A_server_that_closes_connections_costs_requests_but_no_viewer()
    {
        await using var server = await SmallScheduler.StartAsync(closesEvery: 5);
        var output = new StringWriter();
        int code = await SchedulerCommand.RunAsync(
            ["load", "--viewers", "20", "--duration", "4s", "--ramp", "100ms", "--session-mean", "500ms", "--connections", "2", "--json", "--url", server.Url],
            Host(output, new StringWriter()));
        Assert.Equal(0, code);
        Assert.Equal(0, server.Open);
        Assert.True(server.Opened >= 20);
    }

    [Fact]
    public async Task Of_two_schedulers_one_may_die_and_no_request_fails_twice()
    {
        await using var first = await SmallScheduler.StartAsync();
        await using var second = await SmallScheduler.StartAsync(sharing: first);
        var output = new StringWriter();
        Task<int> played = SchedulerCommand.RunAsync(
            ["load", "--targets", $"{first.Url},{second.Url}", "--viewers", "40", "--nodes", "all", "--duration", "3s", "--ramp", "100ms", "--session-mean", "500ms",
             "--connections", "6", "--json"],
            Host(output, new StringWriter()));
        while (second.Calls < 100) await Task.Yield();
        await second.KillAsync();
        Assert.Equal(0, await played);
        using JsonDocument summary = JsonDocument.Parse(output.ToString());
        JsonElement root = summary.RootElement;
        Assert.True(root.GetProperty("retries").GetInt64() > 0);
        Assert.Equal(0, root.GetProperty("failed_after_retry").GetInt64());
        Assert.Equal(0, root.GetProperty("broken_connections").GetInt64());
        Assert.Equal(0, first.Open);
        Assert.Equal(0, first.Foreign); // the token of the one is taken by the other
        Assert.All(root.GetProperty("targets").EnumerateArray(), target => Assert.True(target.GetProperty("answers").GetInt64() > 0));
        Assert.True(first.MostReportedSessions > 0);
    }

    [Fact]
    public async Task What_one_scheduler_cannot_serve_is_asked_of_the_next()
    {
        await using var full = await SmallScheduler.StartAsync(isFull: true);
        await using var other = await SmallScheduler.StartAsync();
        var output = new StringWriter();
        int code = await SchedulerCommand.RunAsync(
            ["load", "--targets", $"{full.Url}/,{other.Url}", "--viewers", "20", "--duration", "1s", "--ramp", "100ms", "--session-mean", "500ms", "--json"],
            Host(output, new StringWriter()));
        Assert.Equal(0, code);
        using JsonDocument summary = JsonDocument.Parse(output.ToString());
        Assert.True(summary.RootElement.GetProperty("retries").GetInt64() > 0);
        Assert.Equal(0, summary.RootElement.GetProperty("failed_after_retry").GetInt64());
        Assert.True(other.Opened >= 20);
        Assert.Equal(0, other.Open);
    }

    [Theory]
    [InlineData("http://a:1,http://a:1/")]
    [InlineData("http://a:1,")]
    [InlineData("https://a:1")]
    [InlineData("a")]
    public async Task Targets_that_cannot_be_are_refused(string targets)
    {
        var error = new StringWriter();
        Assert.NotEqual(0, await SchedulerCommand.RunAsync(["load", "--viewers", "1", "--targets", targets], Host(new StringWriter(), error)));
        Assert.Contains("http://", error.ToString(), StringComparison.Ordinal);
    }

    private static CliHost Host(StringWriter output, StringWriter error) => new()
    {
        Out = output, Error = error, In = TextReader.Null, IsInteractive = false, CanRedraw = false, Time = TimeProvider.System,
        Variable = _ => null, Directory = Path.GetTempPath(), Transport = () => new SocketsHttpHandler(),
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }),
    };

    private sealed class SmallScheduler : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, bool> _sessions;
        private readonly WebApplication _app;
        private int _calls;
        private int _opened;
        private int _moves;
        private int _foreign;
        private int _mostReported;

        private SmallScheduler(WebApplication app, SmallScheduler? sharing) => (_app, _sessions) = (app, sharing?._sessions ?? new());

        public string Url => _app.Urls.First();

        public int Calls => _calls;

        public int Open => _sessions.Count;

        public int Opened => _opened;

        public int Moves => _moves;

        public int Foreign => _foreign;

        public int MostReportedSessions => _mostReported;

        public static async Task<SmallScheduler> StartAsync(int? closesEvery = null, SmallScheduler? sharing = null, bool isFull = false)
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            WebApplication app = builder.Build();
            var server = new SmallScheduler(app, sharing);
            app.Run(async context =>
            {
                int call = Interlocked.Increment(ref server._calls);
                if (call % closesEvery == 0) context.Response.Headers.Connection = "close";
                if (isFull && context.Request.Path.StartsWithSegments("/v1/sessions", StringComparison.Ordinal)) context.Response.StatusCode = 503;
                else await server.AnswerAsync(context, call);
            });
            await app.StartAsync();
            return server;
        }

        /// <summary>Ends as a process does that is killed: what runs is not finished.</summary>
        public Task KillAsync() => _app.StopAsync(new CancellationToken(canceled: true));

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context, int call)
        {
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            (int status, string answer) = $"{context.Request.Method} {context.Request.Path}" switch
            {
                "POST /v1/sessions" => (201, OpenSession(call)),
                "POST /v1/sessions/heartbeat" => (200, Continue(body, call, isMove: call % 7 == 0)),
                "POST /v1/sessions/failover" => (200, Continue(body, call, isMove: null)),
                "DELETE /v1/sessions" => (Close(context.Request.Headers["X-Session-Token"].ToString()), ""),
                "GET /v1/admin/fleet" => (200, """{"sites":[{"id":"s0","nodes":[{"id":"n0","capacity_bps":4e10},{"id":"n1","capacity_bps":"40G"}]}]}"""),
                "POST /v1/reports" => (200, Reports(body)),
                "GET /v1/admin/sites" => (200, """{"sites":[{"id":"s0","region":"europe"}]}"""),
                _ => (200, "{}"),
            };
            context.Response.StatusCode = status;
            if (answer.Length > 0) await context.Response.WriteAsync(answer); // without a length: Kestrel sends chunks
        }

        private string OpenSession(int call)
        {
            Interlocked.Increment(ref _opened);
            return Session(call, "\"decision\":\"placed\",");
        }

        private string Continue(string body, int call, bool? isMove)
        {
            using JsonDocument document = JsonDocument.Parse(body);
            string token = document.RootElement.GetProperty("token").GetString()!;
            if (!_sessions.TryRemove(token, out _)) Interlocked.Increment(ref _foreign);
            if (isMove == true) Interlocked.Increment(ref _moves);
            return isMove == false ? Session(call, "\"action\":\"stay\",") : Session(call, isMove is null ? "" : "\"action\":\"move\",");
        }

        private string Session(int call, string more)
        {
            string token = $"t{call}-{_app.Urls.First().Split(':')[^1]}";
            _sessions[token] = true;
            return $$"""{{{more}}"token":"{{token}}","heartbeat_s":0.2,"candidates":[{"node":"n{{call % 2}}","site":"s0"}]}""";
        }

        private int Close(string token)
        {
            if (!_sessions.TryRemove(token, out _)) Interlocked.Increment(ref _foreign);
            return 204;
        }

        private string Reports(string body)
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement reports = document.RootElement.GetProperty("reports");
            int sessions = reports.EnumerateArray().Sum(r => r.GetProperty("sessions").GetInt32());
            _mostReported = Math.Max(_mostReported, sessions);
            return $$"""{"accepted":{{reports.GetArrayLength()}},"rejected":[],"interval_ms":200,"escrow":{"epoch":1,"weights":{} },"sites":{} }""";
        }
    }
}
