using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Limits;

/// <summary>Limits so low that tests reach them, and a window so long that nothing comes back while they run.</summary>
public sealed class RateLimitCallTests : IAsyncLifetime
{
    private readonly LiveScheduler _scheduler = new()
    {
        Settings =
        [
            ("Scheduler:RateLimits:NetworkPerS", "1"), ("Scheduler:RateLimits:BackendPerS", "1"), ("Scheduler:RateLimits:ReporterPerS", "1"),
            ("Scheduler:RateLimits:AdminPerS", "0"), ("Scheduler:RateLimits:WindowS", "60"),
        ],
    };

    public Task InitializeAsync() => _scheduler.InitializeAsync();

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task Beyond_the_quota_of_its_network_a_players_call_is_429_and_says_how_it_stands()
    {
        Answer first = (await Look(ApiKeyKind.Player)).Succeeds();
        Assert.False(first.Headers.Contains("RateLimit"), "who is far from his limit pays nothing for it");
        Answer last = first;
        for (int i = 1; i < 60; i++) last = (await Look(ApiKeyKind.Player)).Succeeds();
        Assert.Equal("\"network\";q=60;w=60", Field(last, "RateLimit-Policy"));
        Assert.Matches("^\"network\";r=[0-2];t=(59|60)$", Field(last, "RateLimit"));

        Answer refused = await UntilRefusedAsync(ApiKeyKind.Player);
        refused.Refuses(429, "quota-exceeded").AsksToRetry();
        Assert.Matches("^\"network\";r=0;t=60$", Field(refused, "RateLimit"));
        Assert.Equal("*", Field(refused, "Access-Control-Allow-Origin"));
        Assert.Contains("Retry-After", Field(refused, "Access-Control-Expose-Headers"), StringComparison.Ordinal);

        // Who tries keys is a caller of his network too; who has a key of his own is not.
        (await _scheduler.CallAsync("no-such-key", "GET", "/v1/dispatch?stream=s")).Refuses(429, "quota-exceeded");
        (await _scheduler.CallAsync("no-such-key", "GET", "/v1/admin/status")).Refuses(429, "quota-exceeded");
        (await _scheduler.CallAsync("no-such-key", "POST", "/v1/reports", "{}")).Refuses(429, "quota-exceeded");
        (await Look(ApiKeyKind.Backend)).Succeeds();
        Assert.Contains("""scheduler_rate_limited_total{limit="network"} """, (await _scheduler.CallAsync(null, "GET", "/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_counts_as_many_calls_as_it_has_sessions()
    {
        string batch = $$"""{"requests":[{{string.Join(',', Enumerable.Repeat("{\"stream\":\"s\"}", 40))}}]}""";
        (await _scheduler.PlayAsync("POST", "/v1/sessions:batch", batch)).Succeeds();
        (await _scheduler.PlayAsync("POST", "/v1/sessions:batch", batch)).Refuses(429, "quota-exceeded").AsksToRetry();
        (await Look(ApiKeyKind.Operator)).Succeeds(); // another key, another bucket
    }

    [Fact]
    public async Task A_reporter_is_limited_by_its_key_and_a_limit_of_0_is_none()
    {
        Answer answer = null!;
        for (int i = 0; i < 70; i++) answer = await _scheduler.CallAsync(_scheduler.Key(ApiKeyKind.Reporter), "POST", "/v1/reports", """{"reports":[]}""");
        answer.Refuses(429, "quota-exceeded").AsksToRetry();
        for (int i = 0; i < 100; i++) (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/drains")).Succeeds();
        (await _scheduler.CallAsync(null, "GET", "/healthz/live")).Succeeds();
    }

    private async Task<Answer> UntilRefusedAsync(ApiKeyKind kind)
    {
        for (int i = 0; ; i++)
        {
            Answer answer = await Look(kind);
            if (answer.Status == 429 || i > 60) return answer;
        }
    }

    private Task<Answer> Look(ApiKeyKind kind) =>
        _scheduler.CallAsync(_scheduler.Key(kind), "GET", "/v1/dispatch?stream=s", (byte[]?)null, ("Origin", "https://player.example"));

    private static string Field(Answer answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
