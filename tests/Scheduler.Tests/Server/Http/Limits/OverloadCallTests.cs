using Microsoft.Extensions.DependencyInjection;
using Scheduler.Server.Http.Limits;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Limits;

/// <summary>The watch is off: the tests set the level, and answer what is held.</summary>
public sealed class OverloadCallTests : IAsyncLifetime
{
    private readonly LiveScheduler _scheduler = new() { Settings = [("Scheduler:Overload:TargetMs", "0"), ("Scheduler:Overload:HoldMs", "10"), ("Scheduler:RateLimits:NetworkPerS", "0")] };

    private AdmissionGate Gate => _scheduler.Services.GetRequiredService<AdmissionGate>();

    private RefusalHold Hold => _scheduler.Services.GetRequiredService<RefusalHold>();

    public Task InitializeAsync() => _scheduler.InitializeAsync();

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Theory]
    [InlineData(1, "session")]
    [InlineData(2, "session", "beat")]
    [InlineData(3, "session", "beat", "report")]
    public async Task Calls_are_refused_by_class_and_admin_health_and_metrics_never(int level, params string[] refusedClasses)
    {
        Gate.Level = level;
        foreach ((string kind, string method, string path, string? body) in ((string, string, string, string?)[])
            [("session", "POST", "/v1/sessions", """{"stream":"s"}"""), ("session", "GET", "/v1/dispatch?stream=s", null),
             ("session", "POST", "/v1/sessions:batch", """{"requests":[]}"""), ("beat", "POST", "/v1/sessions/heartbeat", """{"token":"t"}"""),
             ("beat", "POST", "/v1/sessions/failover", """{"token":"t","failed":"n"}"""), ("beat", "DELETE", "/v1/sessions", null),
             ("report", "POST", "/v1/reports", """{"reports":[]}""")])
        {
            Answer answer = await AnswerAsync(method, path, body);
            if (refusedClasses.Contains(kind)) answer.Refuses(503, "overloaded").AsksToRetry();
            else Assert.NotEqual(503, answer.Status);
        }
        foreach (string path in (string[])["/v1/admin/status", "/healthz/live", "/healthz/ready", "/metrics"])
            for (int i = 0; i < 20; i++) (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", path)).Succeeds();
    }

    [Fact]
    public async Task A_refusal_is_answered_at_its_tick_and_not_before()
    {
        Gate.Level = 1;
        Task<Answer> call = _scheduler.PlayAsync("POST", "/v1/sessions", """{"stream":"s"}""", ("Origin", "https://player.example"));
        await LiveScheduler.UntilAsync(() => Task.FromResult(Hold.Held == 1), "held");
        Hold.Advance();
        Assert.False(call.IsCompleted);
        Hold.Advance();
        Answer answer = (await call).Refuses(503, "overloaded").AsksToRetry();
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(1, Gate.Refused(CallClass.Session));
    }

    private async Task<Answer> AnswerAsync(string method, string path, string? body)
    {
        Task<Answer> call = _scheduler.PlayAsync(method, path, body);
        await LiveScheduler.UntilAsync(() => Task.FromResult(call.IsCompleted || Hold.Held > 0), "answered or held");
        for (int i = 0; i < 2; i++) Hold.Advance();
        return await call;
    }
}
