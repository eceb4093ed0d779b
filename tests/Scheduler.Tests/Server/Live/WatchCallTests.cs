using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

public sealed class WatchCallTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task A_change_is_told_as_it_happens_and_who_was_away_hears_what_he_missed()
    {
        using var http = new HttpClient { BaseAddress = scheduler.Address };
        using (StreamReader live = await FollowAsync(http, null))
        {
            long made = await ChangeAsync("0.5");
            Assert.Equal(made, await NextAsync(live));
        }
        long second = await ChangeAsync("0.6"), third = await ChangeAsync("0.7");
        using StreamReader back = await FollowAsync(http, (second - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((second, third), (await NextAsync(back), await NextAsync(back)));
        long fourth = await ChangeAsync("0.8");
        Assert.Equal(fourth, await NextAsync(back));
    }

    [Fact]
    public async Task A_drain_is_told_from_its_start_to_its_end_and_who_was_away_hears_of_it_later()
    {
        using var http = new HttpClient { BaseAddress = scheduler.Address };
        string first;
        using (StreamReader live = await FollowAsync(http, null))
        {
            string id = (await scheduler.CallAsync(
                LiveScheduler.AdminKey, "POST", "/v1/admin/drains", $$"""{"target":"p02","reason":"watched","expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}"""))
                .Succeeds(201).Json.GetProperty("id").GetString()!;
            (string eventId, JsonElement data) = await NextAsync(live, "drain");
            Assert.Equal((id, "drained"), (data.GetProperty("drain").GetProperty("id").GetString(), data.GetProperty("drain").GetProperty("phase").GetString()));
            Assert.True(data.TryGetProperty("at", out _));
            first = eventId;
            (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", "/v1/admin/drains/" + id)).Succeeds();
            (_, data) = await NextAsync(live, "drain");
            Assert.Equal(("ended", "cancelled"), (data.GetProperty("drain").GetProperty("state").GetString(), data.GetProperty("drain").GetProperty("phase").GetString()));
        }
        using StreamReader back = await FollowAsync(http, first);
        (_, JsonElement missed) = await NextAsync(back, "drain");
        Assert.Equal("cancelled", missed.GetProperty("drain").GetProperty("phase").GetString());
    }

    [Fact]
    public async Task A_degraded_mode_is_told_when_it_begins_and_when_it_ends()
    {
        using var http = new HttpClient { BaseAddress = scheduler.Address };
        using StreamReader live = await FollowAsync(http, "0"); // from the first revision on, and all that happened since
        (_, JsonElement begun) = await NextAsync(live, "degraded");
        Assert.True(begun.GetProperty("holds").GetBoolean());
        Assert.True(begun.GetProperty("detail").GetString()!.Length > 0);
        string mode = begun.GetProperty("mode").GetString()!;
        while (true)
        {
            (_, JsonElement told) = await NextAsync(live, "degraded");
            if (told.GetProperty("mode").GetString() == mode && !told.GetProperty("holds").GetBoolean()) break;
        }
    }

    [Fact]
    public async Task A_start_that_is_no_revision_is_refused_and_so_is_a_stranger()
    {
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/watch?after=x")).Fails(400, "invalid-request");
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/watch?after=7.x")).Fails(400, "invalid-request");
        (await scheduler.CallAsync(null, "GET", "/v1/admin/watch")).Fails(401);
    }

    [Fact]
    public async Task Only_so_many_follow_at_once_and_a_place_that_is_left_is_free_again()
    {
        using var http = new HttpClient { BaseAddress = scheduler.Address };
        var followers = new List<StreamReader>();
        while (await TryFollowAsync(http) is { } follower) followers.Add(follower);
        Assert.InRange(followers.Count, 32, 64); // the other tests of this class may follow as well
        foreach (StreamReader follower in followers) follower.Dispose();
        await LiveScheduler.UntilAsync(async () => await TryFollowAsync(http) is { } again && Left(again), "free again");
    }

    private static bool Left(StreamReader follower)
    {
        follower.Dispose();
        return true;
    }

    private async Task<long> ChangeAsync(string weight) => (await scheduler.CallAsync(
        LiveScheduler.AdminKey, "PUT", "/v1/admin/nodes/p00-00/state", $$"""{"in_service":true,"weight":{{weight}},"reason":"watched"}"""))
        .Succeeds().Json.GetProperty("revision").GetInt64();

    /// <summary>Follows as soon as there is a place: those of another test of this class may not have been given back yet.</summary>
    private static async Task<StreamReader> FollowAsync(HttpClient http, string? last)
    {
        StreamReader? follower = null;
        await LiveScheduler.UntilAsync(async () => (follower = await TryFollowAsync(http, last)) is not null, "a place to follow");
        return follower!;
    }

    private static async Task<StreamReader?> TryFollowAsync(HttpClient http, string? last = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/admin/watch");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LiveScheduler.AdminKey);
        if (last is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of a kind.</summary>
    private static async Task<(string Id, JsonElement Data)> NextAsync(StreamReader events, string kind)
    {
        string id = "", type = "";
        while (await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal) && type == kind) return (id, JsonDocument.Parse(line[6..]).RootElement);
        }
        throw new InvalidOperationException("the stream ended");
    }

    /// <summary>The number of the next revision, which its data names as well.</summary>
    private static async Task<long> NextAsync(StreamReader events)
    {
        string id = "";
        while (await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (id.Contains('.', StringComparison.Ordinal)) continue; // no revision
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            JsonElement revision = JsonDocument.Parse(line[6..]).RootElement;
            Assert.Equal(("node", "watched", id), (revision.GetProperty("kind").GetString(), revision.GetProperty("reason").GetString(), revision.GetProperty("revision").ToString()));
            return revision.GetProperty("revision").GetInt64();
        }
        throw new InvalidOperationException("the stream ended");
    }
}
