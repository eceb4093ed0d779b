using System.Net;

namespace Scheduler.Tests.Cli.Audits;

public sealed class AuditCommandTests
{
    private const string Page =
        """{"entries":[{"number":9,"at":"2026-01-01T00:00:00Z","caller":"ann","key_id":"k1","role":"operator","operation":"DELETE /v1/admin/drains/{id}","target":"d-2","status":200,"revision":7,"reason":"over","calls":1}]}""";

    [Fact]
    public async Task Filters_become_parameters_and_rows_a_table()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Page);
        Assert.Equal(0, await cli.RunAsync("audit", "--caller", "ann b", "--status", "4xx", "--since", "2h", "--until", "2026-01-01T00:00Z"));
        Assert.Equal(
            "/v1/admin/audit?since=2025-12-31T22%3A00%3A00.000000Z&until=2026-01-01T00%3A00%3A00.000000Z&caller=ann%20b&status=4xx&limit=20", (await cli.Server.NextAsync()).Path);
        Assert.Contains("DELETE /v1/admin/drains/{id}", cli.Out, StringComparison.Ordinal);
        Assert.Contains("over", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_JSON_are_printed_as_they_come()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, "{\"number\":1}\n{\"number\":2}\n", "application/jsonl");
        Assert.Equal(0, await cli.RunAsync("audit", "--jsonl"));
        Assert.Equal("{\"number\":1}\n{\"number\":2}\n", cli.Out);
        Assert.Equal("/v1/admin/audit?format=jsonl", (await cli.Server.NextAsync()).Path);
    }

    [Fact]
    public async Task A_moment_that_is_none_is_a_mistake_on_the_command_line()
    {
        var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync("audit", "--since", "yesterday"));
        Assert.Contains("no moment", cli.Error, StringComparison.Ordinal);
        Assert.False(cli.Server.HasMore);
    }
}
