using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Core.Geo;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Fleets;
using Scheduler.Server.Hosting;
using Scheduler.State.Ports;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>
/// A whole scheduler on a free loopback port, with its store in memory and the small map of <see cref="TestMaps"/>. Unless told otherwise it has the
/// fleet p00, p01, p02 of two nodes each, all of which have reported, and a key of every kind.
/// </summary>
public sealed class LiveScheduler : IAsyncLifetime
{
    /// <summary>The configured admin key.</summary>
    public const string AdminKey = "the-admin-key-of-these-tests";

    /// <summary>A viewer in London.</summary>
    public const string LondonIp = "81.2.69.142";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ScratchDirectory _scratch = new();
    private readonly Dictionary<ApiKeyKind, string> _keys = [];
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    internal LogCapture Log { get; } = new();

    /// <summary>Settings other than the tests' own.</summary>
    internal (string Name, string Value)[] Settings { get; init; } = [];

    /// <summary>Stores that it shares with others; null for its own.</summary>
    internal Stores? Shared { get; init; }

    /// <summary>Its clock; null for the machine's.</summary>
    internal TimeProvider? Time { get; init; }

    internal SessionTable Sessions => _app!.Services.GetRequiredService<SessionTable>();

    internal TokenKeyRing TokenKeys => _app!.Services.GetRequiredService<Scheduler.Server.Security.TokenKeys>().Ring;

    /// <summary>Where it listens.</summary>
    internal Uri Address => _http.BaseAddress!;

    internal IServiceProvider Services => _app!.Services;

    /// <summary>Where it listens, in the order of the setting.</summary>
    internal Uri[] Urls => [.. _app!.Urls.Select(url => new Uri(url))];

    internal string Key(ApiKeyKind kind) => kind == ApiKeyKind.Admin ? AdminKey : _keys[kind];

    /// <summary>Starts with fleet, reports and keys.</summary>
    public Task InitializeAsync() => StartWholeAsync();

    /// <summary>Starts with fleet, reports and keys.</summary>
    internal async Task StartWholeAsync(params (string Name, string Value)[] settings)
    {
        await StartAsync([.. Settings, .. settings]);
        await LoadFleetAsync();
        foreach (ApiKeyKind kind in Enum.GetValues<ApiKeyKind>().Where(k => k != ApiKeyKind.Admin))
        {
            string sites = kind == ApiKeyKind.Reporter ? ",\"sites\":[\"p00\",\"p01\"]" : "";
            Answer made = await CallAsync(AdminKey, "POST", "/v1/admin/keys", $$"""{"kind":"{{kind.ToString().ToLowerInvariant()}}","name":"a {{kind}}"{{sites}}}""");
            _keys[kind] = made.Succeeds(201).Json.GetProperty("key").GetString()!;
        }
    }

    /// <summary>Loads the fleet, all of whose nodes report; then players can be sent.</summary>
    internal async Task LoadFleetAsync()
    {
        await PutFleetAsync();
        await UntilAsync(async () => (await CallAsync(null, "GET", "/healthz/ready")).Status == 200, "ready");
        await ReportAllAsync();
    }

    /// <summary>Puts the fleet in force and no more.</summary>
    internal async Task PutFleetAsync()
    {
        string fleet = Encoding.UTF8.GetString(FleetJson.Write(World.FleetOf(3, 2)));
        (await CallAsync(AdminKey, "PUT", "/v1/admin/fleet", fleet, ("If-Match", "\"0\""))).Succeeds();
    }

    /// <summary>Starts and no more: no fleet, unless the settings bring one.</summary>
    internal async Task StartAsync(params (string Name, string Value)[] settings)
    {
        string map = _scratch.File("small.cells");
        await File.WriteAllBytesAsync(map, CellMapCodec.Write(TestMaps.Small, quality: 1));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(DefaultConfiguration.Source);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Scheduler:Store"] = "sqlite::memory:",
            ["Scheduler:Http:Url"] = "http://127.0.0.1:0",
            ["Scheduler:Security:AdminKey"] = AdminKey,
            ["Scheduler:Geo:Map"] = map,
            ["Scheduler:Cluster:StateDirectory"] = _scratch.File("state"),
            // What was reported once stays fresh for as long as a test may take, and "ready" comes soon.
            ["Scheduler:Reports:IntervalMs"] = "100",
            ["Scheduler:Reports:SuspectAfter"] = "100",
            ["Scheduler:Reports:SilentAfter"] = "1000",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.Logging.ClearProviders().AddProvider(Log);
        _app = await SchedulerApplication.BuildAsync(builder, Shared, Time);
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    /// <summary>Takes the keys of another over the same stores.</summary>
    internal void ShareKeys(LiveScheduler other)
    {
        foreach ((ApiKeyKind kind, string key) in other._keys) _keys[kind] = key;
    }

    /// <summary>Calls with a key, or without one when it is null.</summary>
    internal Task<Answer> CallAsync(string? key, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        CallAsync(key, method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    internal async Task<Answer> CallAsync(string? key, string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A call of a viewer's backend.</summary>
    internal Task<Answer> PlayAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        CallAsync(Key(ApiKeyKind.Backend), method, path, body, headers);

    /// <summary>Opens a session in London.</summary>
    internal async Task<Answer> OpenAsync(string stream = "live-42") =>
        (await PlayAsync("POST", "/v1/sessions", $$"""{"stream":"{{stream}}","client_ip":"{{LondonIp}}"}""")).Succeeds(201);

    /// <summary>Sessions that a node said it serves; null before it said anything.</summary>
    internal async Task<int?> ReportedSessionsAsync(string node) =>
        (await CallAsync(_keys.Count == 0 ? null : AdminKey, "GET", $"/v1/admin/nodes/{node}")).Succeeds().Json is var json
        && json.TryGetProperty("reported_sessions", out var sessions) && sessions.ValueKind == System.Text.Json.JsonValueKind.Number ? sessions.GetInt32() : null;

    /// <summary>One ordinary report.</summary>
    internal static string Report(string node, long sequence = 1, string more = "") =>
        $$"""{"node":"{{node}}","incarnation":1,"sequence":{{sequence}},"capacity_bps":1e9,"egress_bps":0,"sessions":0,"state":"serving"{{more}}}""";

    /// <summary>Asks again and again until something holds.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"not {what} after {Patience.TotalSeconds} s");
            await Task.Delay(20);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        _app = null;
        _scratch.Dispose();
    }

    /// <summary>Has it end, as a signal does.</summary>
    /// <param name="hurry">Cuts short what it waits for.</param>
    internal Task StopAsync(CancellationToken hurry) => _app!.StopAsync(hurry);

    internal async Task ReportAllAsync(long sequence = 1)
    {
        string[] reports = [.. from site in Enumerable.Range(0, 3) from node in Enumerable.Range(0, 2) select Report($"p0{site}-0{node}", sequence)];
        (await CallAsync(AdminKey, "POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""")).Succeeds();
        await UntilAsync(async () => (await CallAsync(AdminKey, "GET", "/v1/admin/status")).Json.GetProperty("capacity_bps").GetInt64() == 6_000_000_000, "reported");
    }
}
