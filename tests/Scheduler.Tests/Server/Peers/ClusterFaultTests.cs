using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Peers;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Peers;

/// <summary>What replicas do when one of them dies, leaves, loses its number or knows another key.</summary>
public sealed class ClusterFaultTests : IAsyncLifetime
{
    private LiveCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await LiveCluster.StartAsync(3);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_dead_owners_session_is_taken_over_once_however_often_its_old_token_comes()
    {
        string token = (await _cluster[0].OpenAsync()).Json.GetProperty("token").GetString()!;
        await _cluster.KillAsync(0);
        LiveScheduler heir = _cluster[0];
        Answer[] beats = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _cluster.BeatAsync(heir, token)));
        Assert.All(beats, beat => Assert.Equal("stay", beat.Succeeds().Json.GetProperty("action").GetString()));
        Assert.Equal(1, heir.Sessions.Count);
        Assert.Equal(1, await _cluster.MetricAsync(heir, "scheduler_sessions_adopted_total"));

        // Its new token names the heir: whoever hears it asks there.
        (await _cluster.BeatAsync(_cluster[1], beats[0].Json.GetProperty("token").GetString()!)).Succeeds();
        Assert.Equal((1, 0), (heir.Sessions.Count, _cluster[1].Sessions.Count));
    }

    [Fact]
    public async Task One_leads_all_obey_its_prices_and_when_it_dies_another_leads_under_a_higher_fence()
    {
        await _cluster.UntilAsync(async replica => await _cluster.MetricAsync(replica, "scheduler_plan_in_use") == 1, "planned for");
        await LiveScheduler.UntilAsync(async () => (await LeadersAsync()).Count(leads => leads) == 1, "led by one");
        int leader = (await LeadersAsync()).IndexOf(true);
        double fence = await _cluster.MetricAsync(_cluster[leader], "scheduler_leader_fence");
        await _cluster.KillAsync(leader);
        _cluster.Clock.Skip(LeaderService.Term);
        await LiveScheduler.UntilAsync(async () => (await LeadersAsync()).Count(leads => leads) == 1, "led by another");
        leader = (await LeadersAsync()).IndexOf(true);
        Assert.True(await _cluster.MetricAsync(_cluster[leader], "scheduler_leader_fence") > fence);
        await _cluster.UntilAsync(async replica => await _cluster.MetricAsync(replica, "scheduler_leader_fence") > fence, "following");
    }

    [Fact]
    public async Task The_leaders_plan_is_in_the_store_and_a_follower_tells_who_leads_and_what_the_leader_asks()
    {
        await LiveScheduler.UntilAsync(async () => await _cluster.Stores.Cluster!.Plans.ReadAsync(default) is not null, "kept");
        StoredPlan kept = (await _cluster.Stores.Cluster!.Plans.ReadAsync(default))!;
        PlanMessage plan = JsonSerializer.Deserialize(kept.Content.Span, AdminJson.Wire.PlanMessage)!;
        Assert.Equal(["p00", "p01", "p02"], plan.Sites.Select(site => site.Site).Order());
        await LiveScheduler.UntilAsync(
            async () =>
            {
                var told = new HashSet<int>();
                foreach (LiveScheduler replica in _cluster.Replicas) told.Add(await LeaderByPlanAsync(replica));
                return told.Count == 1 && (await LeadersAsync()).IndexOf(true) == told.Single() - 1;
            },
            "agreed on who leads");
    }

    [Fact]
    public async Task A_replica_whose_number_went_to_a_newer_start_assigns_nothing_any_more_and_says_why()
    {
        LiveScheduler old = _cluster[2];
        await _cluster.AddAsync("r2");
        await LiveScheduler.UntilAsync(async () => (await old.CallAsync(null, "GET", "/healthz/ready")).Status == 503, "not ready");
        Assert.Contains("another process", (await old.CallAsync(null, "GET", "/healthz/ready")).Text, StringComparison.Ordinal);
        Answer refused = (await old.PlayAsync("POST", "/v1/sessions", $$"""{"stream":"live-42","client_ip":"{{LiveScheduler.LondonIp}}"}""")).Fails(503);
        Assert.Contains("number", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_leaves_says_so()
    {
        await _cluster[2].Services.GetRequiredService<MembershipService>().LeaveAsync(default);
        await _cluster.UntilAsync(
            async replica => replica == _cluster[2] || await _cluster.MetricAsync(replica, "scheduler_peers{state=\"left\"}") == 1, "told");
    }

    [Fact]
    public async Task Who_has_another_key_is_refused_by_both_sides_and_its_sessions_are_served_all_the_same()
    {
        LiveScheduler stranger = await _cluster.AddAsync("stranger", "another-key-of-thirty-two-characters-or-more");
        await LiveScheduler.UntilAsync(async () => await _cluster.MetricAsync(stranger, "scheduler_peer_refused_total{cause=\"handshake\"}") > 0, "refused by the stranger");
        await LiveScheduler.UntilAsync(async () => await _cluster.MetricAsync(_cluster[0], "scheduler_peer_refused_total{cause=\"handshake\"}") > 0, "refused by us");
        await LiveScheduler.UntilAsync(async () => await _cluster.MetricAsync(_cluster[0], "scheduler_peers{state=\"silent\"}") == 1, "silent");
        Assert.Equal(0, await _cluster.MetricAsync(stranger, "scheduler_peer_links"));
        Assert.Contains("peer_silent", (await _cluster.StatusAsync(_cluster[0])).GetProperty("degraded").ToString(), StringComparison.Ordinal);

        string token = (await _cluster[0].OpenAsync()).Json.GetProperty("token").GetString()!;
        (await _cluster.BeatAsync(stranger, token)).Succeeds();
        Assert.Equal(1, await _cluster.MetricAsync(stranger, "scheduler_sessions_adopted_total"));
    }

    /// <summary>Who leads by the plan that a replica tells; 0 while it tells none.</summary>
    private static async Task<int> LeaderByPlanAsync(LiveScheduler replica)
    {
        Answer answer = await replica.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/plan");
        return answer.Status == 200 && answer.Json.TryGetProperty("leader", out JsonElement leader) ? leader.GetInt32() : 0;
    }

    private async Task<List<bool>> LeadersAsync()
    {
        var leaders = new List<bool>();
        foreach (LiveScheduler replica in _cluster.Replicas) leaders.Add(await _cluster.MetricAsync(replica, "scheduler_leads") == 1);
        return leaders;
    }
}
