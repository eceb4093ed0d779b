using System.Text.Json;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Players;

namespace Scheduler.Tests.Server.Hostile;

/// <summary>Who wants a node out of service by lying about it must bring many sessions that really were there.</summary>
public sealed class FailoverAbuseTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task One_viewer_who_fails_over_a_thousand_times_ejects_nothing()
    {
        JsonElement last = (await scheduler.OpenAsync("abuse")).Json;
        for (int i = 0; i < 1_000; i++)
        {
            Answer answer = await FailAsync(last.GetProperty("token").GetString()!, NodeOf(last));
            last = answer.Succeeds().Json;
        }
        NoneIsEjected();
    }

    [Fact]
    public async Task Forged_tokens_eject_nothing()
    {
        JsonElement opened = (await scheduler.OpenAsync("abuse")).Json;
        string token = opened.GetProperty("token").GetString()!, node = NodeOf(opened);
        for (int i = 0; i < 100; i++)
        {
            int place = 4 + (i % (token.Length - 8));
            string forged = token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
            Assert.Contains((await FailAsync(forged, node)).Status, (int[])[400, 401]);
        }
        NoneIsEjected();
    }

    [Fact]
    public async Task Sessions_of_other_nodes_eject_nothing()
    {
        for (int i = 0; i < 30; i++)
        {
            JsonElement opened = (await scheduler.OpenAsync($"abuse-{i}")).Json;
            string other = NodeOf(opened) == "p02-01" ? "p02-00" : "p02-01";
            (await FailAsync(opened.GetProperty("token").GetString()!, other)).Succeeds();
        }
        NoneIsEjected();
    }

    [Fact]
    public async Task Closed_sessions_eject_nothing()
    {
        for (int i = 0; i < 20; i++)
        {
            JsonElement opened = (await scheduler.OpenAsync("abuse")).Json;
            string token = opened.GetProperty("token").GetString()!;
            (await scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", token))).Succeeds(204);
            (await FailAsync(token, NodeOf(opened))).Refuses(410, "session-expired");
        }
        NoneIsEjected();
    }

    [Fact]
    public async Task A_node_for_a_token_or_half_a_character_for_a_node_is_refused()
    {
        string token = SessionCallTests.TokenOf(await scheduler.OpenAsync("abuse"));
        (await FailAsync("p00-00", "p00-00")).Refuses(400, "invalid-request", "token");
        (await FailAsync(token, "nowhere")).Succeeds();
        (await FailAsync(token, "\\ud800")).Refuses(400, "invalid-request", "body");
    }

    private Task<Answer> FailAsync(string token, string node) =>
        scheduler.PlayAsync("POST", "/v1/sessions/failover", $$"""{"token":"{{token}}","failed":"{{node}}","reason":"timeout"}""");

    private static string NodeOf(JsonElement answer) => answer.GetProperty("candidates")[0].GetProperty("node").GetString()!;

    /// <summary>By the counter, once the loop has looked at what came in: a tick that is asked for here sees all of it.</summary>
    private void NoneIsEjected()
    {
        var control = (Scheduler.State.Control.ControlLoop)scheduler.Services.GetService(typeof(Scheduler.State.Control.ControlLoop))!;
        control.Tick();
        Assert.Equal(0, control.Ejections);
    }
}
