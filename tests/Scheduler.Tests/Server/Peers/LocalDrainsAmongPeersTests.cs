using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Peers;

/// <summary>Drains that replicas tell each other while none of them reaches the store.</summary>
public sealed class LocalDrainsAmongPeersTests
{
    private const string Drains = "/v1/admin/drains";

    [Fact]
    public async Task All_obey_what_one_took_whoever_cancels_it_and_the_store_has_each_of_it_once()
    {
        await using LiveCluster cluster = await LiveCluster.StartAsync(3);
        cluster.Line.IsCut = true;
        string kept = await DrainAsync(cluster[0], "p00"), cancelled = await DrainAsync(cluster[1], "p01");
        await cluster.UntilAsync(async replica => (await IdsAsync(replica)).Count == 2, "told of both");
        (await cluster[2].CallAsync(LiveScheduler.AdminKey, "DELETE", $"{Drains}/{cancelled}")).Succeeds();
        await cluster.UntilAsync(async replica => (await IdsAsync(replica)).SequenceEqual([kept]), "told of the cancelling");
        foreach (LiveScheduler replica in cluster.Replicas) Assert.DoesNotContain("p00-", (await replica.OpenAsync()).Text, StringComparison.Ordinal);

        cluster.Line.IsCut = false;
        await cluster.UntilAsync(async replica => await cluster.MetricAsync(replica, "scheduler_local_drains") == 0, "recorded");
        ImmutableArray<Revision> made = await cluster.Stores.Revisions.ListAsync(new RevisionQuery(null, 20) { Kind = RevisionKind.Drain }, default);
        Assert.Contains("break-glass at r0", Assert.Single(made).Reason, StringComparison.Ordinal);
        await cluster.UntilAsync(async replica => (await IdsAsync(replica)).SequenceEqual([kept]), "in force by its revision");
        // The one that did not take it may cancel it as any other.
        (await cluster[1].CallAsync(LiveScheduler.AdminKey, "DELETE", $"{Drains}/{kept}")).Succeeds();
        Assert.Empty(await IdsAsync(cluster[1]));
    }

    private static async Task<string> DrainAsync(LiveScheduler replica, string site) => (await replica.CallAsync(
        LiveScheduler.AdminKey, "POST", Drains,
        $$"""{"target":"{{site}}","reason":"a fire","force":true,"local":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""")).Succeeds(201).Json.GetProperty("id").GetString()!;

    private static async Task<List<string>> IdsAsync(LiveScheduler replica) =>
        [.. (await replica.CallAsync(LiveScheduler.AdminKey, "GET", Drains)).Succeeds().Json.GetProperty("drains").EnumerateArray().Select(drain => drain.GetProperty("id").GetString()!)];
}
