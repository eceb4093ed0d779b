using System.Globalization;
using System.Text.Json;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>
/// What viewers notice when a part of a cluster fails: nothing that one retry at another replica does not mend; and what nodes notice: never more viewers than they can carry,
/// though more come than the near ones can. A replica hangs for 8 s and the store is gone for 6 s; 20 s and 60 s with SCHEDULER_LONG=1, and the store as long as
/// SCHEDULER_OUTAGE_S says.
/// </summary>
public sealed class ClusterFaultTests(ClusterProcesses cluster) : IClassFixture<ClusterProcesses>
{
    private const int Viewers = 300;
    private const string Drains = "/v1/admin/drains";

    /// <summary>So full a near node must have been at least once: nodes lease themselves out anew with each play, and within its 30 s no more of one is handed out than about a third.</summary>
    private const double Used = 0.2;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1";
    private static readonly int HangS = IsLong ? 20 : 8;

    private static readonly int OutageS =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEDULER_OUTAGE_S"), CultureInfo.InvariantCulture, out int seconds) ? seconds : IsLong ? 60 : 6;

    [Fact]
    public async Task A_replica_is_killed()
    {
        await using ClusterPlay play = cluster.Play(Viewers, seconds: 25);
        await PlayingAsync();
        await cluster.KillAsync(1);
        // While the nodes still report, for it listens before it assigns: the test after this one would begin with a replica that cannot, and take another one away.
        await cluster.StartAsync(1);
        await ClusterProcesses.ReadyAsync(cluster[1]);
        await EndsWellAsync(play, hasRetries: true);
    }

    [Fact]
    public async Task A_replica_is_asked_to_end_and_its_successor_starts()
    {
        await using ClusterPlay play = cluster.Play(Viewers, seconds: 25);
        await PlayingAsync();
        Task<int> ended = cluster.TerminateAsync(2);
        Assert.Equal(0, await ended);
        await cluster.StartAsync(2);
        await EndsWellAsync(play, hasRetries: false);
        await ClusterProcesses.ReadyAsync(cluster[2]);
    }

    [Fact]
    public async Task Who_asks_twice_does_not_wait()
    {
        Signal.Send(cluster[1].Id, Signal.Terminate);
        await Deadline.UntilAsync(async () => (await cluster[1].CallAsync("GET", "/healthz/ready")).Json.GetProperty("status").GetString() == "leaving", "leaving");
        Assert.Equal(128 + Signal.Terminate, await cluster.TerminateAsync(1));
        await cluster.StartAsync(1);
        await ClusterProcesses.ReadyAsync(cluster[1]);
    }

    [Fact]
    public async Task A_replica_hangs_for_a_while()
    {
        await using ClusterPlay play = cluster.Play(Viewers, seconds: HangS + 22);
        await PlayingAsync();
        Signal.Send(cluster[0].Id, Signal.Stop);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(HangS)); // it is time that passes here: that is the fault
        }
        finally
        {
            Signal.Send(cluster[0].Id, Signal.Continue);
        }
        await EndsWellAsync(play, hasRetries: true);
        await ClusterProcesses.ReadyAsync(cluster[0]);
    }

    [Fact]
    public async Task The_store_is_gone_a_replica_is_started_meanwhile_and_nothing_that_was_acknowledged_is_lost()
    {
        await using ClusterPlay play = cluster.Play(Viewers, seconds: OutageS + 30);
        await PlayingAsync();
        string before = await DrainAsync(cluster[0], "node:par1-01");
        await Deadline.UntilAsync(() => Task.FromResult(File.Exists(cluster.StandbyOf(2))), "kept");
        long kept = await RevisionAsync(cluster[0]);
        await Deadline.UntilAsync(async () => (await File.ReadAllTextAsync(cluster.StandbyOf(2))).Contains($"\"revision\":{kept}", StringComparison.Ordinal), "kept at the newest revision");

        await cluster.Postgres.StopAsync();
        (int status, JsonElement problem) = await cluster[0].CallAsync("POST", Drains, Drain("node:par1-02"), ClusterProcesses.AdminKey);
        Assert.True(status == 503, $"{status} {problem}");
        string local = await DrainAsync(cluster[0], "node:lon1-01", ",\"local\":true", reason: "the store is away");
        await Deadline.UntilAsync(async () => (await IdsAsync(cluster[1])).Contains(local), "told to a peer");

        await cluster.KillAsync(2);
        await cluster.StartAsync(2);
        await ClusterProcesses.ReadyAsync(cluster[2]);
        Assert.StartsWith("ready (stale)", (await cluster[2].CallAsync(200, "GET", "/healthz/ready")).GetProperty("status").GetString(), StringComparison.Ordinal);
        Assert.Contains(before, await IdsAsync(cluster[2]));
        await Deadline.UntilAsync(async () => (await IdsAsync(cluster[2])).Contains(local), "told to the one that has just started");
        await Task.Delay(TimeSpan.FromSeconds(OutageS));

        await cluster.Postgres.StartAsync();
        foreach (ServerProcess replica in cluster.Running)
            await Deadline.UntilAsync(async () => (await replica.CallAsync("GET", "/healthz/ready")).Json.GetProperty("status").GetString() == "ready", "fresh", seconds: 30);
        await Deadline.UntilAsync(async () => await RevisionsOfAsync("away") == 1, "recorded");
        foreach (ServerProcess replica in cluster.Running)
            await Deadline.UntilAsync(async () => new HashSet<string>(await IdsAsync(replica)).SetEquals([before, local]), "of one mind");
        await EndsWellAsync(play, hasRetries: false);
        Assert.Equal(1, await RevisionsOfAsync("away"));
        foreach (string drain in (string[])[before, local]) await cluster[1].CallAsync(200, "DELETE", $"{Drains}/{drain}", key: ClusterProcesses.AdminKey);
    }

    [Fact]
    public async Task Peers_are_cut_off_and_agree_again_when_the_wire_is_mended()
    {
        await using ClusterPlay play = cluster.Play(Viewers, seconds: 30);
        await PlayingAsync();
        string drain;
        foreach (TcpProxy wire in cluster.Wires) wire.Cut();
        try
        {
            await Deadline.UntilAsync(async () => await DegradedAsync(cluster[0], "peer_silent"), "noticed");
            drain = await DrainAsync(cluster[0], "node:par1-02", ",\"local\":true");
            // The store is there: it carries what the wires do not.
            await Deadline.UntilAsync(async () => (await IdsAsync(cluster[1])).Contains(drain), "told by the store");
        }
        finally
        {
            foreach (TcpProxy wire in cluster.Wires) wire.Mend(); // or the tests after this one would fail with it
        }
        await Deadline.UntilAsync(async () => !await DegradedAsync(cluster[0], "peer_"), "whole again", seconds: 30);
        await EndsWellAsync(play, hasRetries: false);
        await cluster[0].CallAsync(200, "DELETE", $"{Drains}/{drain}", key: ClusterProcesses.AdminKey);
    }

    /// <summary>Viewers play, and every replica assigns: one that the test before has started may still be in the 10 s for which it only listens, and a second fault would leave nobody.</summary>
    private async Task PlayingAsync()
    {
        await Deadline.UntilAsync(async () => await cluster.SessionsAsync() >= Viewers * 2 / 3, "playing", seconds: 40);
        foreach (ServerProcess replica in cluster.Running)
            await Deadline.UntilAsync(
                async () => (await replica.CallAsync("GET", "/v1/dispatch?stream=live-42&client_ip=81.2.69.142", key: ClusterProcesses.AdminKey)).Status == 200, "assigning", seconds: 40);
    }

    private async Task EndsWellAsync(ClusterPlay play, bool hasRetries)
    {
        await cluster.AssertNothingIsOverCapacityAsync();
        JsonElement summary = await play.EndAsync();
        Assert.True(summary.GetProperty("failed_after_retry").GetInt64() == 0, summary.ToString());
        if (hasRetries) Assert.True(summary.GetProperty("retries").GetInt64() > 0, summary.ToString());
        Assert.True(summary.GetProperty("opens").GetInt64() > Viewers, summary.ToString());
        Assert.InRange(summary.GetProperty("node_utilisation_peak").GetDouble(), Used, 1);
    }

    private static async Task<string> DrainAsync(ServerProcess replica, string target, string more = "", string reason = "a test") =>
        (await replica.CallAsync(201, "POST", Drains, Drain(target, more, reason), ClusterProcesses.AdminKey)).GetProperty("id").GetString()!;

    private static string Drain(string target, string more = "", string reason = "a test") =>
        $$"""{"target":"{{target}}","reason":"{{reason}}","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"{{more}}}""";

    private static async Task<string[]> IdsAsync(ServerProcess replica) =>
        [.. (await replica.CallAsync(200, "GET", Drains, key: ClusterProcesses.AdminKey)).GetProperty("drains").EnumerateArray().Select(drain => drain.GetProperty("id").GetString()!)];

    private static async Task<long> RevisionAsync(ServerProcess replica) =>
        (await replica.CallAsync(200, "GET", "/v1/admin/status", key: ClusterProcesses.AdminKey)).GetProperty("revision").GetInt64();

    private async Task<int> RevisionsOfAsync(string text) =>
        (await cluster[0].CallAsync(200, "GET", "/v1/admin/revisions?text=" + text, key: ClusterProcesses.AdminKey)).GetProperty("revisions").GetArrayLength();

    private static async Task<bool> DegradedAsync(ServerProcess replica, string mode) =>
        (await replica.CallAsync(200, "GET", "/v1/admin/status", key: ClusterProcesses.AdminKey)).GetProperty("degraded").EnumerateArray()
            .Any(words => words.GetString()!.StartsWith(mode, StringComparison.Ordinal));
}
