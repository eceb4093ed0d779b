using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Hosting;
using Scheduler.Server.Persistence;
using Scheduler.Server.Standby;
using Scheduler.State.Peers;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Peers;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Standby;

/// <summary>A replica whose shared store is gone: it serves, it starts, it refuses what it cannot keep, and it is whole again when the store is.</summary>
public sealed class StandbyStartTests : IDisposable
{
    private const string Drains = "/v1/admin/drains";
    private readonly ScratchDirectory _scratch = new();
    private readonly SkippingClock _clock = new();
    private readonly CutStores _stores;
    private long _sequence = 1;

    public StandbyStartTests() => _stores = new CutStores(MemoryStores.CreateShared(_clock));

    private string StandbyPath => _scratch.File("data", StandbyFile.FileName);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Started_without_its_store_it_serves_what_it_kept_and_is_fresh_when_the_store_is_back()
    {
        string backend, token, taken;
        LiveScheduler first = New();
        await first.StartWholeAsync(Directory());
        await MayAssignAsync(first);
        backend = first.Key(ApiKeyKind.Backend);
        token = (await first.OpenAsync()).Json.GetProperty("token").GetString()!;
        await LiveScheduler.UntilAsync(() => Task.FromResult(File.Exists(StandbyPath) && File.ReadAllText(StandbyPath).Contains("a Backend", StringComparison.Ordinal)), "kept");
        await first.DisposeAsync();

        _stores.IsCut = true;
        LiveScheduler second = New();
        await second.StartAsync(Directory());
        Answer ready = default!;
        await LiveScheduler.UntilAsync(async () => (ready = await second.CallAsync(null, "GET", "/healthz/ready")).Status == 200, "ready");
        Assert.StartsWith("ready (stale): ", ready.Json.GetProperty("status").GetString(), StringComparison.Ordinal);
        Assert.Contains(await DegradedAsync(second), mode => mode.StartsWith("stale_configuration", StringComparison.Ordinal));
        await MayAssignAsync(second);
        (await second.CallAsync(backend, "POST", "/v1/sessions", """{"stream":"s","client_ip":"81.2.69.142"}""")).Succeeds(201);
        (await second.CallAsync(backend, "POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""")).Succeeds();

        // What could not be kept is refused; what must not wait is taken.
        (await second.CallAsync(LiveScheduler.AdminKey, "POST", Drains, Drain("p00"))).Fails(503, "store-unavailable");
        Answer drain = (await second.CallAsync(LiveScheduler.AdminKey, "POST", Drains, Drain("p01", local: true))).Succeeds(201);
        taken = drain.Json.GetProperty("id").GetString()!;
        Assert.DoesNotContain("p01", (await second.CallAsync(backend, "POST", "/v1/sessions", """{"stream":"s","client_ip":"81.2.69.142"}""")).Text, StringComparison.Ordinal);

        _stores.IsCut = false;
        await LiveScheduler.UntilAsync(async () => (await second.CallAsync(null, "GET", "/healthz/ready")).Json.GetProperty("status").GetString() == "ready", "fresh");
        await LiveScheduler.UntilAsync(async () => (await _stores.Stores.Revisions.ReadNewestAsync(default))!.Revision.Kind == RevisionKind.Drain, "recorded");
        await LiveScheduler.UntilAsync(() => Task.FromResult(new FileInfo(_scratch.File("data", LocalDrainJournal.FileName)).Length == 0), "settled");
        JsonElement listed = Assert.Single((await second.CallAsync(LiveScheduler.AdminKey, "GET", Drains)).Json.GetProperty("drains").EnumerateArray());
        Assert.Equal((taken, false), (listed.GetProperty("id").GetString(), listed.TryGetProperty("local", out _)));
        await second.DisposeAsync();
    }

    [Fact]
    public async Task However_often_it_starts_without_its_store_it_is_the_newest_start_when_the_store_is_back()
    {
        LiveScheduler replica = New();
        await replica.StartWholeAsync(Directory());
        await LiveScheduler.UntilAsync(() => Task.FromResult(File.Exists(StandbyPath)), "kept");
        for (int start = 0; start < 2; start++)
        {
            await replica.DisposeAsync();
            _stores.IsCut = true;
            replica = New();
            await replica.StartAsync(Directory());
        }
        _stores.IsCut = false;
        await LiveScheduler.UntilAsync(async () => (await replica.CallAsync(null, "GET", "/healthz/ready")).Text.Contains("\"ready\"", StringComparison.Ordinal), "fresh");
        PeerBook book = replica.Services.GetRequiredService<PeerBook>();
        Member self = default!;
        await LiveScheduler.UntilAsync(async () => (await _stores.Stores.Cluster!.Members.BeatAsync(book.Id.Number, book.Id.Start, default)).FirstOrDefault() is { } found && (self = found) is not null, "joined");
        Assert.Equal((book.Id.Start, "replica-0", 3L), (self.Start, self.Draft.Name, self.Start));
        Assert.False(book.IsSuperseded);
        await replica.DisposeAsync();
    }

    [Fact]
    public async Task With_neither_store_nor_file_it_says_what_is_missing()
    {
        _stores.IsCut = true;
        LiveScheduler replica = New();
        StartupException fault = await Assert.ThrowsAsync<StartupException>(() => replica.StartAsync(Directory()));
        Assert.Contains("cannot be reached", fault.Message, StringComparison.Ordinal);
        Assert.Contains("is not there", fault.Message, StringComparison.Ordinal);
        System.IO.Directory.CreateDirectory(_scratch.File("data"));
        await File.WriteAllTextAsync(StandbyPath, "hello\n");
        fault = await Assert.ThrowsAsync<StartupException>(() => New().StartAsync(Directory()));
        Assert.Contains("cannot be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_off_while_it_runs_it_serves_on_and_keeps_what_it_took()
    {
        LiveScheduler replica = New();
        await replica.StartWholeAsync(Directory());
        await MayAssignAsync(replica);
        _stores.IsCut = true;
        (await replica.CallAsync(LiveScheduler.AdminKey, "POST", Drains, Drain("p00"))).Fails(503, "store-unavailable");
        await replica.OpenAsync();
        string id = (await replica.CallAsync(LiveScheduler.AdminKey, "POST", Drains, Drain("p00", local: true))).Succeeds(201).Json.GetProperty("id").GetString()!;
        Assert.True((await replica.CallAsync(LiveScheduler.AdminKey, "GET", $"{Drains}/{id}")).Succeeds().Json.GetProperty("local").GetBoolean());
        await replica.DisposeAsync();

        _stores.IsCut = false; // and back before the next start: the drain is obeyed from its first decision on
        LiveScheduler next = New();
        await next.StartAsync(Directory());
        await LiveScheduler.UntilAsync(async () => (await _stores.Stores.Revisions.ReadNewestAsync(default))!.Revision.Kind == RevisionKind.Drain, "recorded");
        (await next.CallAsync(LiveScheduler.AdminKey, "DELETE", $"{Drains}/{id}")).Succeeds();
        await next.DisposeAsync();
    }

    private LiveScheduler New() => new() { Shared = _stores.Stores, Time = _clock };

    /// <summary>A replica that may have peers assigns nothing before a report that was measured 10 s after its start.</summary>
    private Task MayAssignAsync(LiveScheduler replica)
    {
        _clock.Skip(TimeSpan.FromSeconds(11));
        return replica.ReportAllAsync(++_sequence);
    }

    private (string, string)[] Directory() => [("Scheduler:Cluster:StateDirectory", _scratch.File("data")), ("Scheduler:Cluster:Name", "replica-0"), ("Scheduler:Cluster:Key", new string('k', 32)), ("Scheduler:Cluster:PeerUrl", "http://127.0.0.1:0")];

    private static async Task<string[]> DegradedAsync(LiveScheduler replica) =>
        [.. (await replica.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status")).Json.GetProperty("degraded").EnumerateArray().Select(mode => mode.GetString()!)];

    private static string Drain(string site, bool local = false) =>
        $$"""{"target":"{{site}}","reason":"a fire","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"{{(local ? ",\"local\":true" : "")}}}""";
}
