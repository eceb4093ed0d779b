using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.IntegrationTests;
using Scheduler.Protocol.Fleets;
using Xunit.Abstractions;

namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>What the world costs a browser with 500 sites whose numbers all change each second: measured and printed, and bounded by counts that no machine changes.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WeightTests(BrowserFixture fixture, ITestOutputHelper output)
{
    private const int Sites = 500, Nodes = 2_000;

    /// <summary>Messages over which the work of the script is measured.</summary>
    private const int Messages = 6;

    [Fact]
    public async Task The_world_of_500_sites_is_light()
    {
        using ScratchDirectory scratch = new();
        await using ServerProcess server = await ServerProcess.StartAsync(scratch.Root, "--demo");
        await server.ReadyAsync();
        string cities = await File.ReadAllTextAsync(Path.Combine(Above("geo-data"), "cities.csv"));
        Fleet fleet = FleetGenerator.Generate(Sites, Nodes, [.. CityList.Parse(cities, out _).OrderByDescending(city => city.Population)], 1);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var put = new HttpRequestMessage(HttpMethod.Put, "/v1/admin/fleet") { Content = new ByteArrayContent(FleetJson.Write(fleet)) };
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        (await http.SendAsync(put)).EnsureSuccessStatusCode();
        using var end = new CancellationTokenSource();
        Task reports = ReportAsync(http, fleet, end.Token);
        try
        {
            await MeasureAsync(server.Url);
        }
        finally
        {
            await end.CancelAsync();
            await reports;
        }
    }

    private async Task MeasureAsync(string url)
    {
        await using WatchedPage watched = await WatchedPage.OpenAsync(fixture, url);
        IPage page = watched.Page;
        ICDPSession probe = await page.Context.NewCDPSessionAsync(page);
        await probe.SendAsync("Performance.enable");
        await probe.SendAsync("Network.enable");
        int told = 0;
        long bytes = 0;
        using var enough = new SemaphoreSlim(0);
        probe.Event("Network.eventSourceMessageReceived").OnEvent += (_, message) =>
        {
            bytes = message!.Value.GetProperty("data").GetString()!.Length;
            if (Interlocked.Increment(ref told) is 2 or (2 + Messages)) enough.Release();
        };
        IResponse answer = await watched.GoAsync("/");
        int html = (await answer.BodyAsync()).Length;
        Assert.Equal(Sites, await page.Locator(".site[data-i]").CountAsync());
        Assert.True(await enough.WaitAsync(TimeSpan.FromSeconds(30)));
        double before = await ScriptMsAsync(probe);
        Assert.True(await enough.WaitAsync(TimeSpan.FromSeconds(30)));
        double script = (await ScriptMsAsync(probe) - before) / Messages;
        double paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double response = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].responseStart");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"500 sites: first paint after {paint:0} ms ({response:0} ms of it the server's), script {script:0.0} ms a second, page {html} bytes, message {bytes} bytes"));
        Assert.InRange(html, 1, 300_000);
        Assert.InRange(bytes, 1, 40_000);
        Assert.Empty(watched.Complaints);
    }

    private static async Task<double> ScriptMsAsync(ICDPSession probe)
    {
        JsonElement metrics = (await probe.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().First(metric => metric.GetProperty("name").GetString() == "ScriptDuration").GetProperty("value").GetDouble() * 1_000;
    }

    /// <summary>Every node reports each second, and each time something else.</summary>
    private static async Task ReportAsync(HttpClient http, Fleet fleet, CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var chance = new Random(1);
        try
        {
            for (int sequence = 1; ; sequence++)
            {
                var text = new StringBuilder("{\"reports\":[");
                foreach (Node node in fleet.Nodes)
                {
                    long egress = (long)(node.Capacity.BitsPerSecond * chance.NextDouble());
                    text.Append(CultureInfo.InvariantCulture, $"{{\"node\":\"{node.Id}\",\"incarnation\":1,\"sequence\":{sequence},\"capacity_bps\":{node.Capacity.BitsPerSecond},\"egress_bps\":{egress},\"sessions\":{egress / 3_000_000},\"state\":\"serving\"}},");
                }
                text.Length--;
                using var body = new StringContent(text.Append("]}").ToString(), Encoding.UTF8, "application/json");
                (await http.PostAsync("/v1/reports", body, end)).EnsureSuccessStatusCode();
                await timer.WaitForNextTickAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static string Above(string folder)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, folder))) return Path.Combine(at.FullName, folder);
        throw new DirectoryNotFoundException(folder);
    }
}
