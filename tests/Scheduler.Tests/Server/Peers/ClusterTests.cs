using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Peers;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Peers;

/// <summary>Three whole replicas that talk to each other.</summary>
public sealed class ClusterTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private const string Sent = "scheduler_peer_reports_total{direction=\"sent\"}";
    private const string Received = "scheduler_peer_reports_total{direction=\"received\"}";
    private const string Forwarded = "scheduler_calls_forwarded_total{outcome=\"answered\"}";
    private readonly LiveCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task What_one_replica_hears_all_know_and_nobody_tells_it_on()
    {
        LiveScheduler[] others = [_cluster[0], _cluster[2]];
        double[] before = [.. await Task.WhenAll(others.Select(replica => _cluster.MetricAsync(replica, Received)))];
        double told = await _cluster.MetricAsync(_cluster[1], Sent), toldOn = await _cluster.MetricAsync(_cluster[2], Sent);
        await _cluster.ReportAsync(1);
        for (int i = 0; i < others.Length; i++)
        {
            int other = i;
            await LiveScheduler.UntilAsync(
                async () => await _cluster.MetricAsync(others[other], Received) == before[other] + 6, "told of six reports");
        }
        Assert.Equal(told + 12, await _cluster.MetricAsync(_cluster[1], Sent));
        Assert.Equal(toldOn, await _cluster.MetricAsync(_cluster[2], Sent));
        Assert.Equal(0, await _cluster.MetricAsync(_cluster[2], "scheduler_peer_refused_total{cause=\"malformed\"}"));
    }

    [Fact]
    public async Task A_steered_session_is_renewed_by_its_owner_wherever_the_call_comes()
    {
        double forwarded = await _cluster.MetricAsync(_cluster[1], Forwarded);
        Answer first = (await _cluster[0].PlayAsync("GET", $"/v1/steering/hls/steered?client_ip={LiveScheduler.LondonIp}")).Succeeds();
        string reload = new Uri(first.Json.GetProperty("RELOAD-URI").GetString()!).PathAndQuery;
        Answer renewed = (await _cluster[1].CallAsync(null, "GET", reload, (string?)null, ("Origin", "https://player.example"))).Succeeds();
        Assert.Equal("application/vnd.apple.steering-list", renewed.MediaType);
        Assert.Equal(["*"], renewed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(first.Json.GetProperty("PATHWAY-PRIORITY")[0].GetString(), renewed.Json.GetProperty("PATHWAY-PRIORITY")[0].GetString());
        Assert.StartsWith(_cluster[1].Address.ToString(), renewed.Json.GetProperty("RELOAD-URI").GetString(), StringComparison.Ordinal);
        Assert.Equal(forwarded + 1, await _cluster.MetricAsync(_cluster[1], Forwarded));
        Assert.Equal((1, 0, 0), (_cluster[0].Sessions.Count, _cluster[1].Sessions.Count, _cluster[2].Sessions.Count));
        string token = reload.Split("st=")[1].Split('&')[0];
        (await _cluster[2].PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", token))).Succeeds(204);
        Assert.Equal(0, _cluster[0].Sessions.Count);
    }

    [Fact]
    public async Task Nodes_are_told_of_all_replicas_that_live()
    {
        Answer answer = await _cluster.ReportAsync(0);
        Assert.Equal(["1", "2", "3"], answer.Json.GetProperty("escrow").GetProperty("weights").EnumerateObject().Select(weight => weight.Name));
    }

    [Fact]
    public async Task A_call_that_comes_elsewhere_is_answered_by_the_owner_of_the_session()
    {
        double forwarded = await _cluster.MetricAsync(_cluster[1], Forwarded);
        Answer opened = await _cluster[0].OpenAsync();
        string token = opened.Json.GetProperty("token").GetString()!;
        Answer beat = (await _cluster.BeatAsync(_cluster[1], token)).Succeeds();
        Assert.Equal("stay", beat.Json.GetProperty("action").GetString());
        string renewed = beat.Json.GetProperty("token").GetString()!;
        string node = opened.Json.GetProperty("candidates")[0].GetProperty("node").GetString()!;
        Answer moved = (await _cluster[2].PlayAsync("POST", "/v1/sessions/failover", $$"""{"token":"{{renewed}}","failed":"{{node}}","reason":"connect"}""")).Succeeds();
        Assert.NotEqual(node, moved.Json.GetProperty("candidates")[0].GetProperty("node").GetString());

        Assert.Equal((1, 0, 0), (_cluster[0].Sessions.Count, _cluster[1].Sessions.Count, _cluster[2].Sessions.Count));
        (await _cluster[1].PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", renewed))).Succeeds(204);
        Assert.Equal(0, _cluster[0].Sessions.Count);
        Assert.Equal(forwarded + 2, await _cluster.MetricAsync(_cluster[1], Forwarded));
        // The owner's refusal is the answer too.
        (await _cluster.BeatAsync(_cluster[1], renewed)).Fails(410);
        Assert.Equal(0, await _cluster.MetricAsync(_cluster[1], "scheduler_sessions_adopted_total"));
    }

    [Fact]
    public async Task A_session_that_another_replaces_is_ended_where_it_lives()
    {
        string token = (await _cluster[0].OpenAsync()).Json.GetProperty("token").GetString()!;
        Answer next = (await _cluster[1].PlayAsync("POST", "/v1/sessions", $$"""{"stream":"live-42","client_ip":"{{LiveScheduler.LondonIp}}","previous_token":"{{token}}"}""")).Succeeds(201);
        await LiveScheduler.UntilAsync(() => Task.FromResult(_cluster[0].Sessions.Count == 0), "ended");
        Assert.Equal(1, _cluster[1].Sessions.Count);
        (await _cluster[1].PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", next.Json.GetProperty("token").GetString()!))).Succeeds(204);
    }

    [Fact]
    public async Task Peers_are_not_served_on_the_public_port_nor_the_public_on_the_port_of_peers()
    {
        (await _cluster[0].CallAsync(LiveScheduler.AdminKey, "POST", "/peers/v1/stream", "hello")).Fails(404);
        using var client = new HttpClient { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Uri peers = _cluster[0].Services.GetRequiredService<ClusterSeat>().Listener.Url;
        using HttpResponseMessage status = await client.GetAsync(new Uri(peers, "/healthz/live"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, status.StatusCode);
    }
}
