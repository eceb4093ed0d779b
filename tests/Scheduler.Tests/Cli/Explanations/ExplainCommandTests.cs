using System.Net;

namespace Scheduler.Tests.Cli.Explanations;

public sealed class ExplainCommandTests
{
    private const string Answer =
        """
        {"stream":"live-42","kind":"play","viewer":{"cell":"GB-51n-000e-0433","prefix":"81.2.69.0/24","by":"map"},"decision":"placed","rule":"least_score",
         "session_bps":3000000,"sites":[
          {"site":"lon1","rank":1,"verdict":"chosen","why":"the least score of those that can serve","near":true,"score_ms":4.2,"dearer_ms":0,
           "terms":{"rtt_ms":3,"rtt_source":"learnt","comfort_ms":0,"tariff_ms":1,"load_ms":0.2,"bill_ms":0,"plan_asked_ms":0,"price_ms":0.2,"extra_ms":0,"cold_ms":0},
           "room_bps":1e9,"utilisation":0.2,"state":"eligible","freshness":"fresh"},
          {"site":"ams","verdict":"not_serving","why":"no node of it may be named: drained","score_ms":12,"terms":{"rtt_ms":9,"rtt_source":"model"},"room_bps":0,"utilisation":0}],
         "nodes":[{"node":"lon1-03","rank":1,"verdict":"chosen","hash_key":0.1,"utilisation":0.2,"room_bps":1e9,"state":"eligible","freshness":"fresh"}],
         "node_bound":0.25,"nodes_sharing_stream":1,"revision":17,"snapshot":4,"plan":{"version":2,"state":"current","age_ms":100},"frozen":false}
        """;

    [Fact]
    public async Task Every_site_is_a_row_with_the_terms_of_its_score_and_why_it_lost()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Answer);
        Assert.Equal(0, await cli.RunAsync("explain", "81.2.69.142", "live-42", "--protocol", "hls"));
        Assert.Equal("/v1/admin/explain?stream=live-42&client_ip=81.2.69.142&protocol=hls", (await cli.Server.NextAsync()).Path);
        foreach (string shown in (string[])["GB-51n-000e-0433 (81.2.69.0/24, by map)", "placed by least score", "revision 17, plan 2 (current)", "lon1", "~9.0", "drained", "lon1-03"])
            Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_looked_up_in_the_decision_log()
    {
        var cli = new CliRun();
        string logged = $$"""{"session":"ff61","decisions":[{"session":"ff61","at":"2026-03-01T06:00:00Z","cause":"drained","outcome":"placed","from":"ams-01","candidates":["lon1-03"],"replica":1,"explanation":{{Answer}}}]}""";
        cli.Server.Answers(HttpStatusCode.OK, logged);
        Assert.Equal(0, await cli.RunAsync("explain", "--session", "ff61"));
        Assert.Equal("/v1/admin/explain?session=ff61", (await cli.Server.NextAsync()).Path);
        foreach (string shown in (string[])["2026-03-01 06:00:00Z drained from ams-01: placed to lon1-03 by replica 1", "placed by least score"])
            Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
        Assert.Equal(2, await cli.RunAsync("explain", "--session", "ff61", "81.2.69.142"));
        Assert.Equal(2, await cli.RunAsync("explain", "81.2.69.142"));
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_mistake_on_the_command_line()
    {
        var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync("explain", "81.2.69.300", "live-42"));
        Assert.False(cli.Server.HasMore);
    }
}
