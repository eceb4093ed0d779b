using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Scheduler.IntegrationTests;

/// <summary>Drains under fire: thousands of decisions while one begins, and a process that is killed again and again while one goes on.</summary>
public sealed class DrainTests(ITestOutputHelper output) : IDisposable
{
    private const int Viewers = 40;
    private static readonly string[] Order = ["planned", "ramping", "migrating", "drained"];

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task No_decision_that_is_asked_for_after_the_201_names_the_target()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_scratch.Root, "--demo", "--Scheduler:Overload:TargetMs=0");
        await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
        await ServerTests.ServesAsync(server);
        for (int round = 0; round < 3; round++)
        {
            string target = SiteOf(await server.OpenAsync());
            string? drained = null;
            int before = 0, after = 0, atTarget = 0;
            var wrong = new ConcurrentQueue<string>();
            Task[] callers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(AskAsync))];
            await Deadline.UntilAsync(() => Task.FromResult(Volatile.Read(ref before) >= 5_000), "asked before");
            string id = await DrainAsync(server, target, "");
            Volatile.Write(ref drained, target);
            await Task.WhenAll(callers);
            Assert.Empty(wrong);
            Assert.True(atTarget > 0, "nobody was sent to the target before the drain");
            Assert.True(after >= 10_000, $"{after} decisions after the answer");
            await server.CallAsync(200, "DELETE", "/v1/admin/drains/" + id);

            async Task AskAsync()
            {
                string body = $$"""{"requests":[{{string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"stream":"live-{{i}}","client_ip":"81.2.69.142","bitrate_bps":100000}"""))}}]}""";
                while (Volatile.Read(ref after) < 10_000)
                {
                    string? gone = Volatile.Read(ref drained);
                    (int status, JsonElement answer) = await server.CallAsync("POST", "/v1/sessions:batch", body);
                    if (status == 503) continue; // a busy machine sheds load: what it answers is what counts
                    Assert.Equal(200, status);
                    string[] named = [.. answer.GetProperty("answers").EnumerateArray().SelectMany(SitesOf)];
                    Interlocked.Add(ref gone is null ? ref before : ref after, 250);
                    if (gone is null && named.Contains(target)) Interlocked.Increment(ref atTarget);
                    if (gone is not null && named.Contains(gone)) wrong.Enqueue(gone);
                }
            }
        }
    }

    /// <summary>
    /// Dispatches as fast as this machine makes them, over connections that are kept open with many questions under way on each, while a drain without a ramp begins:
    /// what is asked once the 201 is there never names the target. A few seconds; with SCHEDULER_LONG=1 ten drains of a hundred thousand dispatches each.
    /// </summary>
    [Fact]
    public async Task Under_full_load_no_dispatch_that_is_asked_for_after_the_201_names_the_target()
    {
        const int Connections = 4, UnderWay = 64;
        bool isLong = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1";
        (int rounds, long wanted) = isLong ? (10, 50_000) : (2, 10_000);
        await using ServerProcess server = await ServerProcess.StartAsync(
            _scratch.Root, "--demo", "--Scheduler:Overload:TargetMs=0", "--Scheduler:RateLimits:NetworkPerS=0", "--Scheduler:RateLimits:BackendPerS=0");
        await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
        await ServerTests.ServesAsync(server);
        string[] questions = [.. Enumerable.Range(0, UnderWay).Select(i => $"/v1/dispatch?stream=live-{i}&client_ip=81.2.69.142")];
        for (int round = 0; round < rounds; round++)
        {
            string target = SiteOf(await server.OpenAsync());
            byte[] named = Encoding.UTF8.GetBytes($"\"site\":\"{target}\"");
            string? drained = null;
            long before = 0, atTarget = 0, late = 0, after = 0, wrong = 0, start = TimeProvider.System.GetTimestamp();
            Task[] callers = [.. Enumerable.Range(0, Connections).Select(_ => Task.Run(AskAsync))];
            await Deadline.UntilAsync(() => Task.FromResult(Volatile.Read(ref before) >= wanted), "asked before", seconds: 60);
            string id = await DrainAsync(server, target, "");
            Volatile.Write(ref drained, id);
            await Task.WhenAll(callers);
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            output.WriteLine($"{target}: {(before + after) / seconds:#,0} dispatches/s over {seconds:0.0} s; {before:#,0} asked before the 201 ({atTarget:#,0} named the target, {late:#,0} of them answered after it), {after:#,0} after it, {wrong} named the target");
            Assert.True(atTarget > 0, "nobody was sent to the target before the drain");
            Assert.Equal(0, wrong);
            await server.CallAsync(200, "DELETE", "/v1/admin/drains/" + id);

            async Task AskAsync()
            {
                using PipelinedConnection connection = await PipelinedConnection.OpenAsync(server.Url);
                while (Volatile.Read(ref after) < wanted)
                {
                    bool isAfter = Volatile.Read(ref drained) is not null;
                    await connection.AskAsync(questions, (status, body) =>
                    {
                        Assert.Equal(200, status);
                        bool names = body.Span.IndexOf(named) >= 0;
                        Interlocked.Increment(ref isAfter ? ref after : ref before);
                        if (names && isAfter) Interlocked.Increment(ref wrong);
                        if (names && !isAfter) Interlocked.Increment(ref atTarget);
                        if (names && !isAfter && Volatile.Read(ref drained) is not null) Interlocked.Increment(ref late);
                    });
                }
            }
        }
    }

    [Fact]
    public async Task Killed_at_twenty_points_a_drain_goes_on_each_time_where_it_was()
    {
        const int Kills = 20;
        string? drain = null, target = null;
        string[] nodes = [];
        var tokens = new string[Viewers];
        var gone = new HashSet<int>();
        (int Phase, double Admitting) reached = (0, 1);
        long sequence = 0, beatenAt = TimeProvider.System.GetTimestamp();
        for (int start = 0; start <= Kills; start++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_scratch.Root, "--demo");
            await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
            await ServerTests.ServesAsync(server);
            if (drain is null)
            {
                JsonElement first = await server.OpenAsync();
                target = SiteOf(first);
                nodes = [.. (await server.CallAsync(200, "GET", $"/v1/admin/sites/{target}")).GetProperty("node_list").EnumerateArray().Select(n => n.GetProperty("id").GetString()!)];
                for (int i = 0; i < Viewers; i++) tokens[i] = await OpenAtAsync(server, target);
                drain = await DrainAsync(server, target, ",\"ramp_s\":20");
                continue; // killed as soon as it was answered
            }

            await ReportAsync(server);
            // Until its nodes have been heard nobody can say that a target is empty.
            await Deadline.UntilAsync(
                async () => await ProgressAsync(server) is var progress && progress.SessionsLeft == Viewers - gone.Count && progress.Phase >= reached.Phase,
                $"{Order[reached.Phase]} again, with {Viewers - gone.Count} sessions left");
            for (int beat = 0; beat < 2; beat++)
            {
                (int phase, double admitting, _) = await ProgressAsync(server);
                Assert.True(phase >= reached.Phase, $"start {start}: {Order[phase]} after {Order[reached.Phase]}");
                Assert.True(admitting <= reached.Admitting, $"start {start}: {admitting} open after {reached.Admitting}");
                reached = (phase, admitting);
                if (admitting == 0) Assert.DoesNotContain(target, SitesOf(await server.OpenAsync()));
                await BeatAsync(server, start);
                await ReportAsync(server);
            }
        }
        Assert.True(reached.Phase >= 2, $"it came to {Order[reached.Phase]} only");
        Assert.NotEmpty(gone);

        async Task BeatAsync(ServerProcess server, int start)
        {
            TimeSpan since = TimeProvider.System.GetElapsedTime(beatenAt);
            for (int i = 0; i < Viewers; i++)
            {
                (int status, JsonElement beat) = await server.CallAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{tokens[i]}}"}""");
                Assert.True(status == 200, $"start {start}: the beat of session {i}, {(gone.Contains(i) ? "moved" : "not moved")} before, {since.TotalSeconds:0} s after the last, got {status}: {beat}");
                tokens[i] = beat.GetProperty("token").GetString()!;
                if (beat.GetProperty("action").GetString() == "stay") continue;
                Assert.True(gone.Add(i), $"start {start}: session {i} was moved twice");
                Assert.NotEqual(target, SitesOf(beat).First());
            }
            beatenAt = TimeProvider.System.GetTimestamp();
        }

        // The target's nodes say who is there, as real ones do: the demo's own have forgotten.
        async Task ReportAsync(ServerProcess server)
        {
            long number = ++sequence;
            IEnumerable<string> reports = nodes.Select((node, i) =>
                $$"""{"node":"{{node}}","incarnation":4102444800,"sequence":{{number}},"capacity_bps":2e10,"egress_bps":{{(i == 0 ? (Viewers - gone.Count) * 3_000_000L : 0)}},"sessions":{{(i == 0 ? Viewers - gone.Count : 0)}},"state":"serving"}""");
            await server.CallAsync(200, "POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""");
        }

        async Task<(int Phase, double Admitting, long SessionsLeft)> ProgressAsync(ServerProcess server)
        {
            JsonElement progress = await server.CallAsync(200, "GET", "/v1/admin/drains/" + drain);
            string phase = progress.GetProperty("phase").GetString()!;
            return (Array.IndexOf(Order, phase == "paused" ? "migrating" : phase), progress.GetProperty("admitting").GetDouble(), progress.GetProperty("sessions_left").GetInt64());
        }
    }

    private static async Task<string> OpenAtAsync(ServerProcess server, string site)
    {
        for (int i = 0; i < 100; i++)
        {
            JsonElement opened = await server.OpenAsync();
            if (SiteOf(opened) == site) return opened.GetProperty("token").GetString()!;
        }
        throw new InvalidOperationException($"nobody is sent to {site}");
    }

    private static string SiteOf(JsonElement answer) => SitesOf(answer).First();

    private static IEnumerable<string> SitesOf(JsonElement answer) =>
        answer.TryGetProperty("candidates", out JsonElement candidates) ? candidates.EnumerateArray().Select(c => c.GetProperty("site").GetString()!) : [];

    private static async Task<string> DrainAsync(ServerProcess server, string site, string more) => (await server.CallAsync(
        201, "POST", "/v1/admin/drains",
        $$"""{"target":"{{site}}","reason":"test","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"{{more}}}""")).GetProperty("id").GetString()!;
}
