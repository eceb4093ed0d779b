using System.Net;

namespace Scheduler.Tests.Cli.Usage;

public sealed class ReportCommandTests
{
    private const string Answer =
        """
        {"from":"2026-03-01T00:00:00Z","to":"2026-03-02T00:00:00Z","by":"tenant","rows":[
         {"name":"acme","bits":8.64e15,"peak_bps":2e11,"p95_bps":1.5e11,"cost":12.5,"sessions":4200,"rtt_ms":11.25,"refusals":3},{"name":"","bits":1,"cost":0,"sessions":1,"refusals":0}],
         "total":{"name":"total","bits":8.64e15,"peak_bps":2e11,"p95_bps":1.5e11,"commit_bps":1e11,"cost":12.5,"sessions":4201,"rtt_ms":11.2,"refusals":3}}
        """;

    [Fact]
    public async Task A_row_for_each_and_the_total_last()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Answer);
        Assert.Equal(0, await cli.RunAsync("report", "--from", "2026-03-01T00:00Z", "--to", "2026-03-02T00:00Z", "--by", "tenant"));
        Assert.Equal("/v1/admin/usage?from=2026-03-01T00%3A00%3A00.000000Z&to=2026-03-02T00%3A00%3A00.000000Z&by=tenant", (await cli.Server.NextAsync()).Path);
        foreach (string shown in (string[])["2026-03-01 00:00 to 2026-03-02 00:00 UTC", "acme", "8.64E+15", "150 Gbit/s", "12.50", "11.3", "no tenant", "total"])
            Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_printed_as_they_come_and_both_forms_at_once_are_a_mistake()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, "site,bits\r\nlon1,5\r\n");
        Assert.Equal(0, await cli.RunAsync("report", "--csv"));
        Assert.Equal("/v1/admin/usage?format=csv", (await cli.Server.NextAsync()).Path);
        Assert.Contains("lon1,5", cli.Out, StringComparison.Ordinal);
        Assert.Equal(2, await cli.RunAsync("report", "--csv", "--html", "usage.html"));
        Assert.Equal(2, await cli.RunAsync("report", "--by", "node"));
    }
}
