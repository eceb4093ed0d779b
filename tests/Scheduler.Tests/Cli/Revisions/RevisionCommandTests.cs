using System.Net;

namespace Scheduler.Tests.Cli.Revisions;

public sealed class RevisionCommandTests
{
    private const string DryRun =
        """
        {"dry_run":true,"revision":9,"changes":[{"path":"drains[d-2]","change":"removed","before":{"id":"d-2"}}],
         "before":{"cost":10,"max_utilisation":0.5,"most_utilised":"ams","feasible":true},"after":{"cost":12,"max_utilisation":0.75,"most_utilised":"lon1","feasible":true}}
        """;

    [Fact]
    public async Task A_diff_is_a_line_a_change()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK,
            """
            {"revision":3,"previous":2,"at":"2026-01-01T00:00:00Z","author":"ann","reason":"why","kind":"fleet","changes":[
             {"path":"fleet.sites[a].tariff","change":"changed","before":"eu","after":"us"},{"path":"fleet.sites[b]","change":"added","after":{"id":"b"}}]}
            """);
        Assert.Equal(0, await cli.RunAsync("diff", "3"));
        Assert.Equal("/v1/admin/revisions/3/diff", (await cli.Server.NextAsync()).Path);
        Assert.Contains("revision 3 (fleet) by ann", cli.Out, StringComparison.Ordinal);
        Assert.Contains("~ fleet.sites[a].tariff: \"eu\" → \"us\"", cli.Out, StringComparison.Ordinal);
        Assert.Contains("+ fleet.sites[b]: {\"id\":\"b\"}", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_what_a_rollback_changes_before_he_is_asked()
    {
        var cli = new CliRun { Typed = "n\n" };
        cli.Server.Answers(HttpStatusCode.OK, DryRun);
        Assert.Equal(1, await cli.RunAsync("rollback", "1"));
        Assert.Equal("/v1/admin/revisions/1:rollback?dry_run=true", (await cli.Server.NextAsync()).Path);
        Assert.False(cli.Server.HasMore);
        Assert.Contains("- drains[d-2]", cli.Out, StringComparison.Ordinal);
        Assert.Contains("fullest site ams 50 % → lon1 75 %; cost 10 → 12", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_is_not_asked_and_a_dry_run_stays_one()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, DryRun);
        Assert.Equal(0, await cli.RunAsync("rollback", "1", "--dry-run"));
        Assert.EndsWith("dry_run=true", (await cli.Server.NextAsync()).Path, StringComparison.Ordinal);
        Assert.False(cli.Server.HasMore);

        cli.Server.Answers(HttpStatusCode.OK, """{"revision":10}""");
        Assert.Equal(0, await cli.RunAsync("rollback", "1", "--reason", "oops"));
        Assert.Equal(("/v1/admin/revisions/1:rollback", """{"reason":"oops"}"""), await cli.Server.NextAsync() is var call ? (call.Path, call.Body) : default);
    }

    [Fact]
    public async Task Revisions_are_chosen_by_what_the_options_say()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """{"revisions":[]}""");
        Assert.Equal(0, await cli.RunAsync("revisions", "--kind", "drain", "--author", "ann", "--text", "a&b", "--limit", "5"));
        Assert.Equal("/v1/admin/revisions?kind=drain&author=ann&text=a%26b&limit=5", (await cli.Server.NextAsync()).Path);
    }
}
