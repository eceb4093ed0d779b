using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace Scheduler.IntegrationTests.Soak;

/// <summary>
/// A server under everything at once for a while: when it has warmed up, it holds no more at the end than in the middle. Half a minute; an hour with
/// SCHEDULER_LONG=1; as many seconds as SCHEDULER_SOAK_S says.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private const int Samples = 20;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_server_that_has_warmed_up_grows_no_more()
    {
        if (!OperatingSystem.IsLinux()) return; // memory, handles and threads are read from /proc
        string map = _scratch.File("world.cells"), fleet = await File.ReadAllTextAsync(GeoData("fleet.sample.yaml"));
        File.Copy(GeoData("world.cells"), map);
        await using ServerProcess server = await ServerProcess.StartAsync(
            _scratch.Root, $"--Scheduler:Geo:Map={map}", "--Scheduler:Sessions:HeartbeatS=2", "--Scheduler:Sessions:LongestHeartbeatS=2",
            "--Scheduler:Overload:TargetMs=0"); // on a machine that does other work as well calls would be shed, which is not what is looked at here
        using SoakTraffic traffic = await PrepareAsync(server, fleet, map);

        List<SoakSample> samples = await LoadAsync(server, traffic, Duration());

        output.WriteLine(SoakSample.Header);
        foreach (SoakSample sample in samples) output.WriteLine(sample.ToString());
        output.WriteLine(string.Join(", ", traffic.Answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}")));
        AnsweredWell(traffic);
        HoldsNoMore(samples);
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("fail: ", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit: ", server.Output, StringComparison.Ordinal);
    }

    private async Task<SoakTraffic> PrepareAsync(ServerProcess server, string fleet, string map)
    {
        string key = (await File.ReadAllTextAsync(_scratch.File("data", "admin.key"))).Trim();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var put = new HttpRequestMessage(HttpMethod.Put, "v1/admin/fleet?format=yaml") { Content = new StringContent(fleet) };
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        (await http.SendAsync(put)).EnsureSuccessStatusCode();
        JsonElement stored = JsonDocument.Parse(await http.GetStringAsync("v1/admin/fleet?format=json")).RootElement;
        string[] nodes = [.. stored.GetProperty("sites").EnumerateArray().SelectMany(s => s.GetProperty("nodes").EnumerateArray()).Select(n => n.GetProperty("id").GetString()!)];
        await server.ReadyAsync();
        var traffic = new SoakTraffic(server.Url, key, fleet, nodes, map);
        await traffic.ReportAsync();
        await Deadline.UntilAsync(async () => (await traffic.Http.SendAsync(Look(key))).IsSuccessStatusCode, "serving");
        return traffic;
    }

    private static HttpRequestMessage Look(string key) =>
        new(HttpMethod.Get, "v1/dispatch?stream=s") { Headers = { Authorization = new("Bearer", key) } };

    private static async Task<List<SoakSample>> LoadAsync(ServerProcess server, SoakTraffic traffic, TimeSpan duration)
    {
        using var end = new CancellationTokenSource(duration);
        Task load = traffic.RunAsync(end.Token);
        long start = TimeProvider.System.GetTimestamp();
        var samples = new List<SoakSample>();
        using var timer = new PeriodicTimer(duration / Samples);
        while (!load.IsCompleted)
        {
            await ForcedCollection.RunAsync(server.Id);
            samples.Add(await SoakSample.TakeAsync(traffic.Http, server.Id, TimeProvider.System.GetElapsedTime(start).TotalSeconds, traffic.Calls));
            await Task.WhenAny(load, timer.WaitForNextTickAsync().AsTask());
        }
        await load;
        return samples;
    }

    private static void AnsweredWell(SoakTraffic traffic)
    {
        foreach (string what in (string[])["open 201", "beat 200", "failover 200", "close 204", "report 200", "read 200", "harm 400", "harm 401", "harm 200"])
            Assert.True(traffic.Answers.ContainsKey(what), $"nothing was answered so: {what}");
        // What is well meant succeeds, but for a viewer whom a busy machine kept from beating for five seconds.
        Assert.DoesNotContain(
            traffic.Answers.Keys,
            answer => !answer.StartsWith("harm", StringComparison.Ordinal) && answer[^3] != '2' && !answer.EndsWith(" 410", StringComparison.Ordinal));
        Assert.DoesNotContain(traffic.Answers.Keys, answer => answer[^3] == '5');
    }

    /// <summary>
    /// The last two fifths against the two before; the first is for warming up. Each sample follows a full collection. The heap by its least, since a
    /// map that is just being replaced is held twice for a moment; resident memory by its most, since it follows the heap in steps.
    /// </summary>
    private static void HoldsNoMore(List<SoakSample> samples)
    {
        int fifth = samples.Count / 5;
        SoakSample[] middle = [.. samples.Skip(fifth).Take(2 * fifth)], end = [.. samples.Skip(3 * fifth)];
        AtMost("heap MB", middle.Min(s => s.HeapMb) * 1.03 + 4, end.Min(s => s.HeapMb));
        AtMost("resident MB", middle.Max(s => s.ResidentMb) * 1.25 + 40, end.Min(s => s.ResidentMb));
        AtMost("handles", middle.Max(s => s.Handles) + 15, end.Min(s => s.Handles));
        AtMost("threads", middle.Max(s => s.Threads) + 10, end.Min(s => s.Threads));
        AtMost("sessions", middle.Max(s => s.Sessions) * 1.5 + 500, end.Min(s => s.Sessions));
    }

    private static void AtMost(string what, double most, double found) =>
        Assert.True(found <= most, string.Create(CultureInfo.InvariantCulture, $"{what}: {found:0.0} at the end, at most {most:0.0} by the middle"));

    private static TimeSpan Duration() =>
        Environment.GetEnvironmentVariable("SCHEDULER_SOAK_S") is { } text ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture))
        : Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1" ? TimeSpan.FromHours(1)
        : TimeSpan.FromSeconds(32);

    private static string GeoData(string name)
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string path = Path.Combine(directory.FullName, "geo-data", name);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"geo-data/{name} lies in no directory above the tests.");
    }
}
