using System.Text;
using System.Text.Json;
using Scheduler.Protocol.Fleets;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.State;

namespace Scheduler.Tests.Server.Upstreams;

/// <summary>Publishing, upstreams, streams and links over HTTP, with the fleet of <see cref="IdcFleet"/>.</summary>
public sealed class UpstreamCallTests : IAsyncLifetime
{
    private readonly LiveScheduler _scheduler = new();
    private int _sequence;
    private string _reporter = "";

    public async Task InitializeAsync()
    {
        await _scheduler.StartAsync();
        (await Admin("PUT", "/v1/admin/fleet", Encoding.UTF8.GetString(FleetJson.Write(IdcFleet.Of())), ("If-Match", "\"0\""))).Succeeds();
        _reporter = (await Admin("POST", "/v1/admin/keys", """{"kind":"reporter","name":"london","sites":["lon1"]}""")).Succeeds(201).Json.GetProperty("key").GetString()!;
        await LiveScheduler.UntilAsync(async () => (await _scheduler.CallAsync(null, "GET", "/healthz/ready")).Status == 200, "ready");
        await ReportAsync(home: "ams-01");
        await LiveScheduler.UntilAsync(async () => (await Ask("lon1-01")).Json.GetProperty("outcome").GetString() == "named", "at home");
    }

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task A_node_is_told_from_where_to_pull_in_the_shape_of_the_contract()
    {
        JsonElement answer = (await Ask("lon1-01")).Succeeds().Json;
        Assert.Equal(["node", "outcome", "parents", "revision", "stream"], answer.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("lon1-01", "live-1"), (answer.GetProperty("node").GetString(), answer.GetProperty("stream").GetString()));
        JsonElement first = answer.GetProperty("parents")[0];
        Assert.Equal(["cost_ms", "host", "idc", "node", "relay", "rtt_ms"], first.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("ams-01", "ams", "ams-01.example", false), (
            first.GetProperty("node").GetString(), first.GetProperty("idc").GetString(), first.GetProperty("host").GetString(), first.GetProperty("relay").GetBoolean()));
    }

    [Fact]
    public async Task A_key_asks_for_its_own_nodes_only_and_players_not_at_all()
    {
        (await _scheduler.CallAsync(_reporter, "GET", "/v1/upstream?stream=live-1&node=lon1-02")).Succeeds();
        (await _scheduler.CallAsync(_reporter, "GET", "/v1/upstream?stream=live-1&node=par1-01")).Refuses(403, "forbidden");
        (await _scheduler.CallAsync(null, "GET", "/v1/upstream?stream=live-1&node=lon1-02")).Refuses(401, "unauthorized");
        (await _scheduler.CallAsync(_reporter, "GET", "/v1/upstream?stream=a%20b&node=lon1-02")).Refuses(400, "invalid-request", "stream");
        (await _scheduler.CallAsync(_reporter, "GET", "/v1/upstream?stream=live-1&node=nowhere-1")).Refuses(400, "invalid-request", "node");
    }

    [Fact]
    public async Task A_report_may_ask_and_is_told_when_the_parent_becomes_another()
    {
        JsonElement asked = await ReportAsync(home: "ams-01", asks: true);
        Assert.Equal("ams-01", Assert.Single(asked.GetProperty("upstream").EnumerateArray()).GetProperty("parents")[0].GetProperty("node").GetString());
        Assert.False((await ReportAsync(home: "ams-01")).TryGetProperty("upstream", out _));
        (await Admin("PUT", "/v1/admin/nodes/ams-01/state", """{"in_service":false,"reason":"test","force":true}""")).Succeeds();
        JsonElement change = default;
        await LiveScheduler.UntilAsync(
            async () =>
            {
                JsonElement answer = await ReportAsync(home: "fra-01");
                return answer.TryGetProperty("upstream", out change);
            }, "told");
        Assert.Equal(("lon1-01", "live-1"), (change[0].GetProperty("node").GetString(), change[0].GetProperty("stream").GetString()));
        Assert.NotEqual("ams-01", change[0].GetProperty("parents")[0].GetProperty("node").GetString());
    }

    [Fact]
    public async Task A_second_publisher_is_told_that_he_is_the_backup()
    {
        const string Body = """{"stream":"live-9","kind":"publish","client_ip":"81.2.69.142"}""";
        JsonElement first = (await Admin("POST", "/v1/sessions", Body)).Succeeds(201).Json, second = (await Admin("POST", "/v1/sessions", Body)).Succeeds(201).Json;
        Assert.Equal(("primary", "backup"), (first.GetProperty("role").GetString(), second.GetProperty("role").GetString()));
        Assert.NotEqual(first.GetProperty("candidates")[0].GetProperty("idc").GetString(), second.GetProperty("candidates")[0].GetProperty("idc").GetString());
        JsonElement viewer = (await Admin("POST", "/v1/sessions", """{"stream":"live-9","client_ip":"81.2.69.142"}""")).Succeeds(201).Json;
        Assert.False(viewer.TryGetProperty("role", out _));
    }

    [Fact]
    public async Task Operators_see_streams_one_stream_and_links()
    {
        JsonElement list = (await Admin("GET", "/v1/admin/streams?limit=1")).Succeeds().Json, stream = Assert.Single(list.GetProperty("streams").EnumerateArray());
        Assert.Equal((1, "live-1", 5, 1), (
            list.GetProperty("count").GetInt32(), stream.GetProperty("id").GetString(), stream.GetProperty("viewers").GetInt32(), stream.GetProperty("sites").GetInt32()));
        Assert.Equal("ams-01", stream.GetProperty("home").GetProperty("node").GetString());
        Assert.False(list.TryGetProperty("next", out _));
        JsonElement one = (await Admin("GET", "/v1/admin/streams/live-1")).Succeeds().Json, pop = Assert.Single(one.GetProperty("pops").EnumerateArray());
        Assert.Equal(("lon1", "ams-01", "named"), (pop.GetProperty("site").GetString(), pop.GetProperty("parent").GetString(), pop.GetProperty("outcome").GetString()));
        (await Admin("GET", "/v1/admin/streams/unknown")).Refuses(404, "not-found");
        (await Admin("GET", "/v1/admin/streams?limit=0")).Refuses(400, "invalid-request", "limit");

        JsonElement links = (await Admin("GET", "/v1/admin/links?site=lon1")).Succeeds().Json;
        Assert.Equal(["ams", "fra"], links.GetProperty("links").EnumerateArray().Select(link => link.GetProperty("idc").GetString()));
        JsonElement fullest = links.GetProperty("links")[0];
        Assert.Equal(("backhaul", 10_000_000_000, 0.25), (fullest.GetProperty("kind").GetString(), fullest.GetProperty("capacity_bps").GetInt64(), fullest.GetProperty("tariff_ms").GetDouble()));
        Assert.InRange(fullest.GetProperty("load_bps").GetInt64(), 6_000_000, 24_000_000); // what was reported, and what was told in the last seconds
        string next = (await Admin("GET", "/v1/admin/links?limit=4")).Succeeds().Json.GetProperty("next").GetString()!;
        Assert.Equal(2, (await Admin("GET", "/v1/admin/links?limit=4&cursor=" + next)).Succeeds().Json.GetProperty("links").GetArrayLength());
    }

    [Fact]
    public async Task Metrics_tell_streams_links_and_answers()
    {
        string text = (await Admin("GET", "/metrics")).Succeeds().Text;
        Assert.Contains("scheduler_streams_at_home 1", text, StringComparison.Ordinal);
        Assert.Contains("scheduler_link_capacity_bps{site=\"lon1\",idc=\"ams\"} 10000000000", text, StringComparison.Ordinal);
        Assert.Contains("scheduler_upstream_answers_total{outcome=\"named\"}", text, StringComparison.Ordinal);
    }

    private Task<Answer> Ask(string node) => _scheduler.CallAsync(_reporter, "GET", $"/v1/upstream?stream=live-1&node={node}");

    private Task<Answer> Admin(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        _scheduler.CallAsync(LiveScheduler.AdminKey, method, path, body, headers);

    /// <summary>All nodes report: live-1 arrives at one of them, and lon1-01 has five viewers of it.</summary>
    private async Task<JsonElement> ReportAsync(string home, bool asks = false)
    {
        int sequence = Interlocked.Increment(ref _sequence);
        string[] reports =
        [
            .. IdcFleet.Of().Nodes.Select(node =>
            {
                string streams = node.Id == home ? """{"id":"live-1","ingress_bps":6e6}""" : node.Id == "lon1-01" ? """{"id":"live-1","viewers":5,"egress_bps":1.5e7}""" : "";
                string pulls = node.Id == "lon1-01" ? ""","pulls":[{"upstream":"ams","bps":6e6,"streams":1}]""" : "", question = node.Id == "lon1-01" && asks ? ""","upstream":["live-1"]""" : "";
                return $$"""{"node":"{{node.Id}}","incarnation":1,"sequence":{{sequence}},"capacity_bps":1e9,"egress_bps":0,"sessions":0,"state":"serving","streams":[{{streams}}]{{pulls}}{{question}}}""";
            }),
        ];
        return (await Admin("POST", "/v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""")).Succeeds().Json;
    }
}
