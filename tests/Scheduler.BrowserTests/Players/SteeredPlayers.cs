using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Scheduler.IntegrationTests;

namespace Scheduler.BrowserTests.Players;

/// <summary>
/// The built server with a fleet of two sites, a media server for each, and a browser that finds the nodes' names at these servers. Players are started in one page, each with a
/// stream of its own.
/// </summary>
internal sealed class SteeredPlayers : IAsyncDisposable
{
    /// <summary>Time to live of manifests: with so little it is not spread, s.</summary>
    public const int TtlS = 2;

    private const long PatienceMs = 40_000;
    private const string AdminKey = "the-admin-key-of-these-tests";
    private const string Domain = "media.example";

    private readonly ScratchDirectory _scratch = new();
    private readonly List<MediaServer> _sites = [];
    private ServerProcess? _server;
    private MediaServer? _origin;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage? _page;

    private SteeredPlayers()
    {
    }

    /// <summary>Id of the site where everybody is sent: it is the cheaper one. The manifests declare the other first.</summary>
    public const string Preferred = "ldn";

    /// <summary>Ids of the sites, as the manifests declare them.</summary>
    private static ImmutableArray<string> SiteIds { get; } = ["prs", Preferred];

    /// <summary>Starts all of it; nothing plays yet.</summary>
    public static async Task<SteeredPlayers> StartAsync()
    {
        var players = new SteeredPlayers();
        try
        {
            await players.SetUpAsync();
        }
        catch
        {
            await players.DisposeAsync();
            throw;
        }
        return players;
    }

    /// <summary>Has a player begin.</summary>
    /// <param name="name">Its name in the logs, and its stream's.</param>
    /// <param name="player">Which player.</param>
    /// <param name="manifest"><c>master.m3u8</c> or <c>manifest.mpd</c>.</param>
    public Task PlayAsync(string name, string player, string manifest) =>
        _page!.EvaluateAsync("([name, player, url]) => play(name, player, url)", new[] { name, player, $"http://127.0.0.1:{_origin!.Port}/{name}/{manifest}" });

    /// <summary>What a player has done so far: where it is, how often it stopped, what went wrong.</summary>
    public async Task<(double AtS, int Stops, string Faults)> WatchedAsync(string name)
    {
        JsonElement one = (await _page!.EvaluateAsync<JsonElement>("() => watched()")).GetProperty(name);
        return (one.GetProperty("at").GetDouble(), one.GetProperty("stops").GetInt32(), one.GetProperty("faults").GetRawText());
    }

    /// <summary>The segments that a player asked for, in order.</summary>
    public MediaRequest[] SegmentsOf(string name) =>
        [.. _sites.SelectMany(site => site.Log).Where(request => request.Player == name && request.IsSegment).OrderBy(request => request.AtMs)];

    /// <summary>The site of a host.</summary>
    public static string SiteOf(MediaRequest request) => SiteIds.Single(site => request.Host.StartsWith(site, StringComparison.Ordinal));

    /// <summary>Waits until the segments that a player has asked for are as they should be; fails with what it did when it has a fault, or when they are not in time.</summary>
    public async Task UntilSegmentsAsync(string name, Func<MediaRequest[], bool> hold)
    {
        long end = Environment.TickCount64 + PatienceMs;
        while (!hold(SegmentsOf(name)))
        {
            (double at, int stops, string faults) = await WatchedAsync(name);
            Assert.True(
                faults == "[]" && Environment.TickCount64 < end,
                $"{name}: at {at} s, {stops} stops, faults {faults}; asked for {string.Join(", ", _sites.SelectMany(site => site.Log).Where(request => request.Player == name).Select(request => request.Host + "/" + request.File))}");
            await Task.Delay(100);
        }
    }

    /// <summary>Drains a site at once.</summary>
    /// <returns>When the answer came, by the clock of the logs.</returns>
    public async Task<long> DrainAsync(string site)
    {
        await _server!.CallAsync(
            201, "POST", "/v1/admin/drains", $$"""{"target":"{{site}}","reason":"a test","expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}","force":true}""", AdminKey);
        return Environment.TickCount64;
    }

    /// <summary>Ends the scheduler without a word.</summary>
    public async Task KillSchedulerAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (_origin is not null) await _origin.DisposeAsync();
        foreach (MediaServer site in _sites) await site.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task SetUpAsync()
    {
        Task<ServerProcess> starting = ServerProcess.StartAsync(
            _scratch.Root, $"--Scheduler:Security:AdminKey={AdminKey}", $"--Scheduler:Sessions:SteeringTtlS={TtlS}", "--Scheduler:Reports:SuspectAfter=100", "--Scheduler:Reports:SilentAfter=1000");
        TestMedia media = await TestMedia.MakeAsync(Directory.CreateDirectory(_scratch.File("media")).FullName);
        foreach (string site in SiteIds) _sites.Add(await MediaServer.StartAsync(media.Directory));
        _server = await starting;
        await _server.PutFirstFleetAsync(Fleet(), AdminKey);
        await Deadline.UntilAsync(async () => (await _server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
        IEnumerable<string> reports = SiteIds.SelectMany(site => Nodes(site).Select(
            node => $$"""{"node":"{{node}}","incarnation":1,"sequence":1,"capacity_bps":1e9,"egress_bps":0,"sessions":0,"state":"serving"}"""));
        await _server.CallAsync(200, "POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""", AdminKey);
        string key = (await _server.CallAsync(201, "POST", "/v1/admin/keys", """{"kind":"player","name":"players"}""", AdminKey)).GetProperty("key").GetString()!;
        _origin = await MediaServer.StartAsync(media.Directory, path => Manifest(media, _server.Url, key, path) ?? Page(path));

        _playwright = await Playwright.CreateAsync();
        string rules = string.Join(", ", SiteIds.Select((site, i) => $"MAP {site}*.{Domain} 127.0.0.1:{_sites[i].Port}"));
        _browser = await _playwright.Chromium.LaunchAsync(BrowserFixture.Options($"--host-resolver-rules={rules}"));
        _page = await _browser.NewPageAsync();
        await _page.GotoAsync($"http://127.0.0.1:{_origin.Port}/");
    }

    private static IEnumerable<string> Nodes(string site) => [$"{site}-1", $"{site}-2"];

    private static string Fleet()
    {
        var yaml = new StringBuilder($$"""
            urls: {hls: "http://{host}/{stream}/media_0.m3u8", dash: "http://{host}/{stream}/manifest.mpd"}
            regions: [{id: europe, name: Europe}]
            tariffs: [{id: dear, price_per_mbps: 30, billing: flat, commit_bps: 0}, {id: cheap, price_per_mbps: 1, billing: flat, commit_bps: 0}]
            sites:

            """);
        foreach (string site in SiteIds)
        {
            string nodes = string.Join(", ", Nodes(site).Select(node => $"{{id: {node}, capacity_bps: 1G, roles: [edge], protocols: [hls, dash], host: {node}.{Domain}}}"));
            yaml.Append($"  - {{id: {site}, kind: pop, region: europe, place: Somewhere, country: GB, latitude: 51.5, longitude: 0, tariff: {(site == Preferred ? "cheap" : "dear")}, nodes: [{nodes}]}}\n");
        }
        return yaml.ToString();
    }

    /// <summary>What a packager serves: a manifest that declares the sites and points at the scheduler.</summary>
    private static (string Type, byte[] Body)? Manifest(TestMedia media, string scheduler, string key, string path)
    {
        string[] parts = path.Split('/');
        if (parts.Length != 3) return null;
        string name = parts[1];
        IEnumerable<(string Id, string Url)> pathways = SiteIds.Select(site => (site, $"http://{site}.{Domain}/{name}/"));
        string query = $"pathways={string.Join(',', SiteIds)}&k={key}";
        return parts[2] switch
        {
            "master.m3u8" => ("application/vnd.apple.mpegurl", Encoding.UTF8.GetBytes(media.Playlist(
                $"#EXT-X-CONTENT-STEERING:SERVER-URI=\"{scheduler}/v1/steering/hls/{name}?{query}\",PATHWAY-ID=\"{SiteIds[0]}\"", pathways))),
            "manifest.mpd" => ("application/dash+xml", Encoding.UTF8.GetBytes(media.Mpd(
                $"<ContentSteering defaultServiceLocation=\"{SiteIds[0]}\" queryBeforeStart=\"true\">{scheduler}/v1/steering/dash/{name}?{query.Replace("&", "&amp;", StringComparison.Ordinal)}</ContentSteering>", pathways))),
            _ => null,
        };
    }

    private static (string Type, byte[] Body)? Page(string path)
    {
        if (path == "/")
        {
            using Stream page = typeof(SteeredPlayers).Assembly.GetManifestResourceStream("players.html")!;
            using var copy = new MemoryStream();
            page.CopyTo(copy);
            return ("text/html", copy.ToArray());
        }
        const string Npm = "/npm/";
        return path.StartsWith(Npm, StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal)
            ? ("text/javascript", File.ReadAllBytes(Path.Combine(PlayersFactAttribute.Packages!, path[Npm.Length..])))
            : null;
    }
}
