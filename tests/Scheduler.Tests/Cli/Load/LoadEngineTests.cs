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

    private static CliHost Host(StringWriter output, StringWriter error) => new()
    {
        Out = output, Error = error, In = TextReader.Null, IsInteractive = false, CanRedraw = false, Time = TimeProvider.System,
        Variable = _ => null, Directory = Path.GetTempPath(), Transport = () => new SocketsHttpHandler(),
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }),
    };

    private sealed class SmallScheduler : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, bool> _sessions = new();
        private readonly WebApplication _app;
        private int _calls;
        private int _opened;
        private int _moves;
        private int _foreign;
        private int _mostReported;

        private SmallScheduler(WebApplication app) => _app = app;

        public string Url => _app.Urls.First();

        public int Open => _sessions.Count;

        public int Opened => _opened;

        public int Moves => _moves;

        public int Foreign => _foreign;

        public int MostReportedSessions => _mostReported;

        public static async Task<SmallScheduler> StartAsync(int? closesEvery = null)
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            WebApplication app = builder.Build();
            var server = new SmallScheduler(app);
            app.Run(async context =>
            {
                int call = Interlocked.Increment(ref server._calls);
                if (call % closesEvery == 0) context.Response.Headers.Connection = "close";
                await server.AnswerAsync(context, call);
            });
            await app.StartAsync();
            return server;
        }

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
            string token = "t" + call;
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
