using System.Globalization;
using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Live;
using Scheduler.Tests.Server.Standby;

namespace Scheduler.Tests.Server.Peers;

/// <summary>Whole replicas in one process, each with ports of its own, over shared stores in memory and a clock that can skip.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    public const string Key = "a-key-that-all-replicas-of-these-tests-share";

    private long _sequence = 1;

    public SkippingClock Clock { get; } = new();

    /// <summary>The line to the stores.</summary>
    public CutStores Line { get; }

    public Stores Stores => Line.Stores;

    public List<LiveScheduler> Replicas { get; } = [];

    public LiveCluster() => Line = new CutStores(MemoryStores.CreateShared(Clock));

    public LiveScheduler this[int replica] => Replicas[replica];

    /// <summary>Starts replicas that all know each other, with a fleet whose nodes have reported, ready to assign.</summary>
    public static async Task<LiveCluster> StartAsync(int replicas)
    {
        var cluster = new LiveCluster();
        for (int i = 0; i < replicas; i++) await cluster.AddAsync($"r{i}");
        await cluster.UntilConnectedAsync();
        // What an earlier start assigned might be on its way: nothing is assigned before a report that was measured 10 s after the start.
        cluster.Clock.Skip(TimeSpan.FromSeconds(11));
        await cluster.ReportAsync(0);
        await cluster.UntilAsync(async replica => await cluster.CapacityAsync(replica) == 6_000_000_000, "reported");
        return cluster;
    }

    /// <summary>Starts one more.</summary>
    public async Task<LiveScheduler> AddAsync(string name, string key = Key, string peerUrl = "http://127.0.0.1:0", params (string Name, string Value)[] more)
    {
        var replica = new LiveScheduler
        {
            Shared = Stores,
            Time = Clock,
            Settings =
            [
                ("Scheduler:Cluster:Key", key), ("Scheduler:Cluster:Name", name), ("Scheduler:Cluster:PeerUrl", peerUrl), .. more,
            ],
        };
        if (Replicas.Count == 0)
        {
            await replica.StartWholeAsync();
        }
        else
        {
            await replica.StartAsync(replica.Settings);
            replica.ShareKeys(Replicas[0]);
        }
        Replicas.Add(replica);
        return replica;
    }

    /// <summary>All nodes report to one replica.</summary>
    public async Task<Answer> ReportAsync(int replica)
    {
        _sequence++;
        string[] reports = [.. from site in Enumerable.Range(0, 3) from node in Enumerable.Range(0, 2) select LiveScheduler.Report($"p0{site}-0{node}", _sequence)];
        return (await Replicas[replica].CallAsync(LiveScheduler.AdminKey, "POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""")).Succeeds();
    }

    /// <summary>Ends one as a crash does: it says goodbye to nobody.</summary>
    public async Task KillAsync(int replica)
    {
        LiveScheduler killed = Replicas[replica];
        Replicas.RemoveAt(replica);
        await killed.DisposeAsync();
    }

    public Task UntilConnectedAsync() => UntilAsync(
        async replica => await MetricAsync(replica, "scheduler_peer_links") == Replicas.Count - 1
            && await MetricAsync(replica, "scheduler_peers{state=\"live\"}") == Replicas.Count - 1,
        "connected");

    public async Task UntilAsync(Func<LiveScheduler, Task<bool>> holds, string what)
    {
        foreach (LiveScheduler replica in Replicas) await LiveScheduler.UntilAsync(() => holds(replica), what);
    }

    public async Task<double> MetricAsync(LiveScheduler replica, string name) => new PrometheusText((await replica.CallAsync(null, "GET", "/metrics")).Text)[name];

    public async Task<long> CapacityAsync(LiveScheduler replica) => (await StatusAsync(replica)).GetProperty("capacity_bps").GetInt64();

    public async Task<JsonElement> StatusAsync(LiveScheduler replica) => (await replica.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status")).Succeeds().Json;

    public async Task<Answer> BeatAsync(LiveScheduler replica, string token) =>
        await replica.PlayAsync("POST", "/v1/sessions/heartbeat", string.Create(CultureInfo.InvariantCulture, $$"""{"token":"{{token}}"}"""));

    public async ValueTask DisposeAsync()
    {
        foreach (LiveScheduler replica in Replicas) await replica.DisposeAsync();
    }
}
