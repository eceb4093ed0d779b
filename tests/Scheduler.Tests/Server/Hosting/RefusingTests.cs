using Scheduler.Tests.Server.Admin;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>When nothing can be answered, players are told so and when to ask again.</summary>
public sealed class RefusingTests
{
    [Fact]
    public async Task Without_geography_the_scheduler_is_not_ready_and_says_what_is_missing()
    {
        var scheduler = new LiveScheduler();
        try
        {
            await scheduler.StartAsync(("Scheduler:Geo:Map", "/nowhere/world.cells"));
            foreach ((string method, string path, string? body) in ((string, string, string?)[])
                [("POST", "/v1/sessions", """{"stream":"s"}"""), ("GET", "/v1/dispatch?stream=s", null), ("POST", "/v1/sessions:batch", """{"requests":[]}"""),
                 ("POST", "/v1/sessions/heartbeat", """{"token":"t"}"""), ("POST", "/v1/reports", """{"reports":[]}""")])
            {
                (await scheduler.CallAsync(LiveScheduler.AdminKey, method, path, body)).Refuses(503, "not-ready").AsksToRetry();
            }
            Answer ready = await scheduler.CallAsync(null, "GET", "/healthz/ready");
            Assert.Equal(503, ready.Status);
            Assert.Contains("geography", ready.Text, StringComparison.Ordinal);
            (await scheduler.CallAsync(null, "GET", "/healthz/live")).Succeeds();
            Assert.Contains(scheduler.Log.Lines, line => line.StartsWith("Error Geography cannot be read", StringComparison.Ordinal));
        }
        finally
        {
            await scheduler.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_drain_changes_the_next_answer_and_a_drained_fleet_refuses()
    {
        var scheduler = new LiveScheduler();
        try
        {
            await scheduler.InitializeAsync();
            Assert.Equal("p00", await FirstSite(scheduler));
            string first = await Drain(scheduler, "p00");
            Assert.Equal("p01", await FirstSite(scheduler));
            await Drain(scheduler, "p01");
            await Drain(scheduler, "p02");
            (await scheduler.PlayAsync("POST", "/v1/sessions", """{"stream":"s"}""")).Refuses(503, "no-capacity").AsksToRetry();
            (await scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/drains/{first}")).Succeeds();
            await LiveScheduler.UntilAsync(async () => (await scheduler.PlayAsync("GET", "/v1/dispatch?stream=s")).Status == 200, "open again");
            Assert.Equal("p00", await FirstSite(scheduler));
        }
        finally
        {
            await scheduler.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Scheduler:Policy:SpillRatio", "0.5", "SpillRatio")]
    [InlineData("Scheduler:Http:Url", "ftp://x", "Scheduler:Http:Url")]
    [InlineData("Scheduler:Security:AdminKey", "short", "AdminKey")]
    [InlineData("Scheduler:Store", "mysql://x", "sqlite:PATH")]
    [InlineData("Scheduler:Sessions:HeartbeatS", "0", "HeartbeatS")]
    public async Task A_configuration_that_cannot_be_is_refused_in_words(string name, string value, string told)
    {
        var scheduler = new LiveScheduler();
        Scheduler.Server.Hosting.StartupException fault = await Assert.ThrowsAsync<Scheduler.Server.Hosting.StartupException>(() => scheduler.StartAsync((name, value)));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        await scheduler.DisposeAsync();
    }

    private static async Task<string?> FirstSite(LiveScheduler scheduler) =>
        (await scheduler.OpenAsync("s")).Json.GetProperty("candidates")[0].GetProperty("site").GetString();

    private static async Task<string> Drain(LiveScheduler scheduler, string site) => (await scheduler.CallAsync(
        LiveScheduler.AdminKey, "POST", "/v1/admin/drains", $$"""{"target":"{{site}}","reason":"test","force":true,"expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}"""))
        .Succeeds(201).Json.GetProperty("id").GetString()!;
}
