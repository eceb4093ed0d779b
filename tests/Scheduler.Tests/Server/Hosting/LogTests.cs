using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Players;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>What the log tells, and what it must never tell.</summary>
public sealed class LogTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task Neither_secrets_nor_viewers_addresses_are_logged()
    {
        Answer opened = await scheduler.OpenAsync("private-stream");
        string token = SessionCallTests.TokenOf(opened);
        await scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""");
        await scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token[..^2]}}AA"}""");
        await scheduler.PlayAsync("POST", "/v1/sessions", """{"stream":"private-stream","client_ip":"203.0.113.77x"}""");
        await scheduler.PlayAsync("GET", "/v1/dispatch?stream=private-stream&client_ip=203.0.113.78");
        await scheduler.CallAsync(null, "POST", $"/v1/sessions?k={scheduler.Key(ApiKeyKind.Player)}", """{"stream":"private-stream"}""");
        await scheduler.CallAsync("sk_a_0000000000_not-a-key-of-anybody", "GET", "/v1/admin/status");
        await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status");

        string log = string.Join('\n', scheduler.Log.Lines);
        Assert.NotEqual("", log);
        string ticket = opened.Json.GetProperty("candidates")[0].GetProperty("ticket").GetString()!;
        string[] secrets =
        [
            .. Enum.GetValues<ApiKeyKind>().Select(scheduler.Key), token, ticket, LiveScheduler.LondonIp, "203.0.113.77", "203.0.113.78", "not-a-key-of-anybody", "private-stream",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_calls_logs_nothing()
    {
        await scheduler.OpenAsync();
        int before = scheduler.Log.Lines.Length;
        for (int i = 0; i < 50; i++)
        {
            await scheduler.OpenAsync();
            await scheduler.PlayAsync("POST", "/v1/sessions", "{");
            await scheduler.CallAsync(null, "POST", "/v1/reports", "{");
        }
        Assert.Equal(before, scheduler.Log.Lines.Length);
    }
}
