using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>What a key of each kind may call.</summary>
public sealed class KeyKindTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Theory]
    [InlineData(ApiKeyKind.Player, 201, 403, 403)]
    [InlineData(ApiKeyKind.Backend, 201, 403, 403)]
    [InlineData(ApiKeyKind.Reporter, 403, 200, 403)]
    [InlineData(ApiKeyKind.Viewer, 403, 403, 200)]
    [InlineData(ApiKeyKind.Operator, 201, 403, 200)]
    [InlineData(ApiKeyKind.Admin, 201, 200, 200)]
    public async Task A_key_may_do_what_it_is_for(ApiKeyKind kind, int play, int report, int read)
    {
        string key = scheduler.Key(kind);
        Assert.Equal(play, (await Play(key)).Status);
        Assert.Equal(report, (await Report(key)).Status);
        Assert.Equal(read, (await Read(key)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pk_p_0000000000_00000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("💥")]
    public async Task Without_a_key_that_holds_nothing_may_be_called(string? key)
    {
        foreach (Answer answer in (Answer[])[await Play(key), await Report(key), await Read(key)])
        {
            Assert.Equal(401, answer.Status);
            Assert.Equal("application/problem+json", answer.MediaType);
            Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_a_publishable_key_may_travel_in_an_address()
    {
        (await scheduler.CallAsync(null, "POST", $"/v1/sessions?k={scheduler.Key(ApiKeyKind.Player)}", """{"stream":"s"}""")).Succeeds(201);
        (await scheduler.CallAsync(null, "POST", $"/v1/sessions?k={scheduler.Key(ApiKeyKind.Backend)}", """{"stream":"s"}""")).Refuses(401, "unauthorized");
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_call_on()
    {
        Answer made = (await scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"player","name":"for a minute"}""")).Succeeds(201);
        string key = made.Json.GetProperty("key").GetString()!;
        Assert.Equal(201, (await Play(key)).Status);
        (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/keys/{made.Json.GetProperty("id").GetString()}")).Succeeds(204);
        (await Play(key)).Refuses(401, "unauthorized");
    }

    private Task<Answer> Play(string? key) => Call(key, "POST", "/v1/sessions", """{"stream":"s"}""");

    private Task<Answer> Report(string? key) => Call(key, "POST", "/v1/reports", """{"reports":[]}""");

    private Task<Answer> Read(string? key) => Call(key, "GET", "/v1/admin/sites");

    private Task<Answer> Call(string? key, string method, string path, string? body = null) =>
        key is null ? scheduler.CallAsync(null, method, path, body) : scheduler.CallAsync(null, method, path, body, ("Authorization", "Bearer " + Uri.EscapeDataString(key)));
}
