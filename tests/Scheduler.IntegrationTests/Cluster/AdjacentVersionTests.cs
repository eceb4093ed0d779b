using System.Globalization;
using System.Text.Json;
using Scheduler.IntegrationTests.Postgres;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>Two adjacent versions side by side on one store, as during an upgrade replica by replica.</summary>
[Collection(PostgresCollection.Name)]
public sealed class AdjacentVersionTests(PostgresFixture postgres)
{
    private const string Drains = "/v1/admin/drains";
    private const string Key = AdjacentReplicas.AdminKey;

    [AdjacentFact]
    public async Task The_newer_joins_the_older_and_leaves_it_again()
    {
        await using var replicas = new AdjacentReplicas(postgres.Server);
        ServerProcess older = await replicas.StartAsync("older", AdjacentFactAttribute.Server);
        await WorkTogetherAsync(replicas, older, () => replicas.StartAsync("newer", ServerProcess.Program));
    }

    [AdjacentFact]
    public async Task The_older_joins_the_newer_where_it_knows_its_schema_and_is_refused_where_it_does_not()
    {
        await using var before = new AdjacentReplicas(postgres.Server);
        await before.StartAsync("older", AdjacentFactAttribute.Server);
        await using var replicas = new AdjacentReplicas(postgres.Server);
        ServerProcess newer = await replicas.StartAsync("newer", ServerProcess.Program);
        if (replicas.Schema == before.Schema) await WorkTogetherAsync(replicas, newer, () => replicas.StartAsync("older", AdjacentFactAttribute.Server));
        else Assert.Contains(NewerThan(before.Schema), await replicas.RefusedAsync("older", AdjacentFactAttribute.Server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_goes_on_when_a_later_version_adds_to_the_schema_and_is_refused_at_its_next_start()
    {
        await using var replicas = new AdjacentReplicas(postgres.Server);
        ServerProcess first = await replicas.StartAsync("first", ServerProcess.Program);
        long schema = replicas.Schema;
        await WorkTogetherAsync(
            replicas, first,
            async () =>
            {
                ServerProcess second = await replicas.StartAsync("second", ServerProcess.Program);
                replicas.AddToSchema();
                return second;
            });
        Assert.Equal(0, await first.StopAsync());
        Assert.Contains(NewerThan(schema), await replicas.RefusedAsync("first", ServerProcess.Program), StringComparison.Ordinal);
    }

    private static string NewerThan(long known) =>
        string.Create(CultureInfo.InvariantCulture, $"this program knows versions up to {known}. Start a newer scheduler, or name another store.");

    /// <summary>One joins the other, they share their work, and it leaves.</summary>
    private static async Task WorkTogetherAsync(AdjacentReplicas replicas, ServerProcess first, Func<Task<ServerProcess>> start)
    {
        await first.PutFirstFleetAsync(await File.ReadAllTextAsync(SmallFleet.Path), Key);
        await ClusterProcesses.ReadyAsync(first);
        await using var nodes = new ReportingNodes(first);
        long schema = replicas.Schema;
        ServerProcess second = await start();
        Assert.InRange(replicas.Schema, schema, long.MaxValue);
        await ClusterProcesses.ReadyAsync(second);
        await Deadline.UntilAsync(async () => await PeerAsync(first) == "live" && await PeerAsync(second) == "live", "known to each other");

        // What nodes tell one is known to the other.
        nodes.Report(first, sessions: 3);
        await Deadline.UntilAsync(async () => await ReportedAsync(second) == 3, "told on to the one that joined");
        nodes.Report(second, sessions: 5);
        await Deadline.UntilAsync(async () => await ReportedAsync(first) == 5, "told on to the one that was there");

        // Either assigns, after the 10 s for which one that has just started listens first; and answers for the other's sessions.
        string ofFirst = await OpenAsync(first), ofSecond = await OpenAsync(second);
        ofFirst = await BeatAsync(ofFirst, at: second, isForwarded: true);
        ofSecond = await BeatAsync(ofSecond, at: first, isForwarded: true);

        // A drain through one is in force at the other, and is undone there.
        foreach ((ServerProcess one, ServerProcess other) in ((ServerProcess, ServerProcess)[])[(first, second), (second, first)])
        {
            string drain = await DrainAsync(one);
            await Deadline.UntilAsync(async () => !(await SitesAsync(other)).Contains("lon1"), "in force at the other");
            await other.CallAsync(200, "DELETE", $"{Drains}/{drain}", key: Key);
            await Deadline.UntilAsync(async () => (await SitesAsync(one)).Contains("lon1"), "undone by the other");
        }

        nodes.Report(first, sessions: 6);
        await Deadline.UntilAsync(async () => await ReportedAsync(first) == 6, "told to the one that stays");
        Assert.Equal(0, await second.StopAsync());
        await Deadline.UntilAsync(async () => await PeerAsync(first) is "left" or null, "known to have left");
        await BeatAsync(ofFirst, at: first, isForwarded: false);
        await BeatAsync(ofSecond, at: first, isForwarded: false);
        await OpenAsync(first);
        await first.CallAsync(200, "DELETE", $"{Drains}/{await DrainAsync(first)}", key: Key);
    }

    /// <summary>How a replica sees the other; null while it knows of none.</summary>
    private static async Task<string?> PeerAsync(ServerProcess replica)
    {
        JsonElement peers = (await replica.CallAsync(200, "GET", "/v1/admin/status", key: Key)).GetProperty("cluster").GetProperty("peers");
        return peers.GetArrayLength() == 0 ? null : Assert.Single(peers.EnumerateArray()).GetProperty("state").GetString();
    }

    /// <summary>Viewers by the last report of a node; null before the first.</summary>
    private static async Task<int?> ReportedAsync(ServerProcess replica) =>
        (await replica.CallAsync(200, "GET", "/v1/admin/nodes/lon1-01", key: Key)).TryGetProperty("reported_sessions", out JsonElement sessions) ? sessions.GetInt32() : null;

    /// <returns>The token of a session that was opened there.</returns>
    private static async Task<string> OpenAsync(ServerProcess replica)
    {
        string? token = null;
        await Deadline.UntilAsync(
            async () =>
            {
                (int status, JsonElement session) = await replica.CallAsync("POST", "/v1/sessions", """{"stream":"live-42","client_ip":"81.2.69.142"}""", Key);
                if (status == 201) token = session.GetProperty("token").GetString();
                else Assert.True(status == 503, $"{status} {session}");
                return token is not null;
            },
            "assigning", seconds: 30);
        return token!;
    }

    /// <returns>The token to go on with.</returns>
    private static async Task<string> BeatAsync(string token, ServerProcess at, bool isForwarded)
    {
        const string Forwarded = "scheduler_calls_forwarded_total{outcome=\"answered\"}";
        long before = long.Parse((await at.MetricAsync(Forwarded))!, CultureInfo.InvariantCulture);
        JsonElement answer = await at.CallAsync(200, "POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""", Key);
        Assert.Equal("stay", answer.GetProperty("action").GetString());
        Assert.Equal(isForwarded ? before + 1 : before, long.Parse((await at.MetricAsync(Forwarded))!, CultureInfo.InvariantCulture));
        return answer.GetProperty("token").GetString()!;
    }

    private static async Task<string> DrainAsync(ServerProcess replica)
    {
        string body = $$"""{"target":"lon1","reason":"an upgrade","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""";
        return (await replica.CallAsync(201, "POST", Drains, body, Key)).GetProperty("id").GetString()!;
    }

    /// <summary>Sites that a viewer in London would be sent to.</summary>
    private static async Task<string[]> SitesAsync(ServerProcess replica) =>
        [.. (await replica.CallAsync(200, "GET", "/v1/dispatch?stream=live-42&client_ip=81.2.69.142", key: Key)).GetProperty("candidates").EnumerateArray()
            .Select(candidate => candidate.GetProperty("site").GetString()!)];
}
