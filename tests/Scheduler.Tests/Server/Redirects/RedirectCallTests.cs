using System.Text.Json;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Redirects;

public sealed class RedirectCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private const string London = "client_ip=" + LiveScheduler.LondonIp;

    [Fact]
    public async Task A_player_is_sent_to_the_node_that_a_session_would_get_path_and_query_kept()
    {
        string node = (await scheduler.PlayAsync("GET", $"/v1/dispatch?stream=live-42&{London}")).Succeeds().Json.GetProperty("candidates")[0].GetProperty("host").GetString()!;
        Answer answer = await FollowAsync("GET", $"/r/live-42/live-42/720.m3u8?a=b%20c&{London}");
        Assert.Equal(302, answer.Status);
        Assert.Equal($"https://{node}/live/live-42/720.m3u8?a=b%20c", answer.Headers.Location!.OriginalString);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal($"https://{node}/live/live-42.m3u8", (await FollowAsync("GET", $"/r/live-42?{London}")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task It_is_told_as_JSON_where_that_is_asked_for()
    {
        JsonElement one = (await scheduler.PlayAsync("GET", $"/r/live-42/x.m3u8?format=json&{London}")).Succeeds().Json;
        JsonElement several = (await scheduler.PlayAsync("GET", $"/r/live-42/x.m3u8?trred=false&{London}")).Succeeds().Json;
        Assert.Equal(3, several.GetProperty("locations").GetArrayLength());
        Assert.Equal(one.GetProperty("location").GetString(), several.GetProperty("locations")[0].GetString());
    }

    [Fact]
    public async Task Room_is_taken_without_a_session_and_HEAD_takes_none()
    {
        long sessions = scheduler.Sessions.Count, before = await AssignedAsync();
        Assert.Equal(302, (await FollowAsync("HEAD", $"/r/live-42/x.m3u8?{London}")).Status);
        Assert.Equal(before, await AssignedAsync());
        Assert.Equal(302, (await FollowAsync("GET", $"/r/live-42/x.m3u8?{London}")).Status);
        Assert.Equal(before + 3_000_000, await AssignedAsync());
        Assert.Equal(sessions, scheduler.Sessions.Count);
    }

    [Fact]
    public async Task What_cannot_be_redirected_is_told_why()
    {
        (await scheduler.CallAsync(null, "GET", "/r/live-42/x.m3u8")).Refuses(401, "unauthorized");
        Assert.Equal(400, (await scheduler.PlayAsync("GET", "/r/a%20b/x.m3u8")).Status);
        (await scheduler.PlayAsync("GET", "/r/live-42/x.mpd")).Refuses(404, "not-found");
        (await scheduler.PlayAsync("GET", "/r/live-42/x.m3u8?client_ip=nonsense")).Refuses(400, "invalid-request", "client_ip");
    }

    [Fact]
    public async Task Pages_of_other_origins_may_ask()
    {
        Answer preflight = (await scheduler.CallAsync(null, "OPTIONS", "/r/live-42/x.m3u8", (string?)null, ("Origin", "https://player.example"))).Succeeds(204);
        Assert.Equal(["*"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Answer answer = await FollowAsync("GET", $"/r/live-42/x.m3u8?{London}", ("Origin", "https://player.example"));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    private async Task<long> AssignedAsync() => (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status")).Json.GetProperty("load_bps").GetInt64();

    /// <summary>Calls without following where the answer leads.</summary>
    private async Task<Answer> FollowAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(scheduler.Address, path));
        request.Headers.Authorization = new("Bearer", scheduler.Key(Scheduler.State.Ports.ApiKeyKind.Backend));
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync());
    }
}
