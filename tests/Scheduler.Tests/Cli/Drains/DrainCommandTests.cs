using System.Net;
using System.Text.Json;

namespace Scheduler.Tests.Cli.Drains;

public sealed class DrainCommandTests
{
    private const string Yes = """
        {"preview_id":"p-00ff","nodes":2,"sites":["lon1"],"feasible":true,"refusals":[],"max_utilisation":0.81,"at_site":"fra2","moved_bps":23400000000,
         "delta_cost_per_h":0.25,"delta_rtt_ms":{"p50":0,"p95":3.5,"moved_mean":12.1},"stranded_cells":[],"until":"2026-01-01T02:00:00Z","forecast":"shape",
         "receivers":[{"site":"fra2","before_utilisation":0.6,"after_utilisation":0.75,"before_bps":6e10,"after_bps":7.5e10,"capacity_bps":1e11}],
         "peak":{"at":"2026-01-01T01:45:00Z","feasible":true,"max_utilisation":0.81,"at_site":"fra2"}}
        """;

    private const string No = """
        {"preview_id":"p-00fe","nodes":2,"refusals":[{"guard":"infeasible","detail":"short 1.2 Tbit/s in South America"}],"until":"2026-01-01T04:00:00Z","receivers":[]}
        """;

    private const string Refused = """
        {"type":"/problems/drain-would-exceed-capacity","title":"A guard refuses the drain","status":409,"detail":"Short 1.2 Tbit/s in South America.",
         "errors":[{"field":"target","reason":"short 1.2 Tbit/s in South America"}],"preview":{"nodes":2}}
        """;

    [Fact]
    public async Task A_preview_shows_receivers_before_and_after_and_a_verdict()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, Yes);
        Assert.Equal(0, await cli.RunAsync("drain", "preview", "lon1", "--for", "2h"));
        FakeTransport.Call call = await cli.Server.NextAsync();
        Assert.Equal("POST /v1/admin/drains:preview", $"{call.Method} {call.Path}");
        Assert.Equal("""{"target":{"site":"lon1"},"expires_at":"2026-01-01T02:00:00+00:00"}""", call.Body.Replace("\\u002B", "+", StringComparison.Ordinal));
        foreach (string told in (string[])["fra2", "60 %", "75 %", "15 Gbit/s", "23.4 Gbit/s to go elsewhere", "+3.5 ms at p95", "Busiest at 2026-01-01 01:45 UTC",
            "Yes until 2026-01-01 02:00 UTC: the fullest receiver is fra2 at 81 %."])
            Assert.Contains(told, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_that_guards_would_refuse_is_exit_code_3()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, No);
        Assert.Equal(3, await cli.RunAsync("drain", "preview", "lon1"));
        Assert.Contains("No until 2026-01-01 04:00 UTC: short 1.2 Tbit/s in South America (infeasible).", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_hands_the_preview_on_and_keeps_the_exit_code()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, No);
        Assert.Equal(3, await cli.RunAsync("drain", "preview", "lon1", "--json"));
        using JsonDocument document = JsonDocument.Parse(cli.Out);
        Assert.Equal("p-00fe", document.RootElement.GetProperty("preview_id").GetString());
    }

    [Fact]
    public async Task A_person_is_shown_the_verdict_before_he_is_asked_and_drains_by_what_he_saw()
    {
        var cli = new CliRun { Typed = "y\n" };
        cli.Server.Answers(HttpStatusCode.OK, Yes);
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"d-12"}""");
        Assert.Equal(0, await cli.RunAsync("drain", "start", "lon1", "--reason", "r"));
        Assert.Equal("/v1/admin/drains:preview", (await cli.Server.NextAsync()).Path);
        FakeTransport.Call order = await cli.Server.NextAsync();
        Assert.Equal("/v1/admin/drains", order.Path);
        Assert.Contains("\"preview_id\":\"p-00ff\"", order.Body, StringComparison.Ordinal);
        Assert.Contains("the fullest receiver is fra2 at 81 %", cli.Out, StringComparison.Ordinal);
        Assert.Contains("[y/N]", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_end_it_is_four_hours_and_says_so()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"d-12"}""");
        Assert.Equal(0, await cli.RunAsync("drain", "start", "lon1", "--reason", "r", "--yes"));
        Assert.Contains("2026-01-01T04:00:00", (await cli.Server.NextAsync()).Body, StringComparison.Ordinal);
        Assert.Contains("until 2026-01-01 04:00 UTC (4 h, as neither --for nor --until was given)", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_says_no_changes_nothing()
    {
        var cli = new CliRun { Typed = "n\n" };
        cli.Server.Answers(HttpStatusCode.OK, No);
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"d-12"}""");
        Assert.Equal(1, await cli.RunAsync("drain", "start", "lon1", "--reason", "r"));
        await cli.Server.NextAsync();
        Assert.False(cli.Server.HasMore);
    }

    [Fact]
    public async Task Without_a_preview_to_be_had_a_person_is_asked_all_the_same()
    {
        var cli = new CliRun { Typed = "y\n" };
        cli.Server.Answers(HttpStatusCode.ServiceUnavailable, """{"title":"The scheduler is not ready","status":503,"detail":"There is no plan to preview by."}""");
        cli.Server.Answers(HttpStatusCode.Created, """{"id":"d-12"}""");
        Assert.Equal(0, await cli.RunAsync("drain", "start", "lon1", "--reason", "r"));
        Assert.Contains("No preview: There is no plan to preview by.", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guards_refusal_is_exit_code_3_with_its_reason()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.Conflict, Refused);
        Assert.Equal(3, await cli.RunAsync("drain", "start", "lon1", "--reason", "r", "--for", "1h"));
        Assert.Contains("target: short 1.2 Tbit/s in South America", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sites_tell_until_when_they_could_be_drained()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """
            {"sites":[{"id":"a1","drainable":{"verdict":"yes"}},{"id":"b1","drainable":{"verdict":"until","until":"2026-01-01T19:45:00Z","why":"short"}},
             {"id":"c1","drainable":{"verdict":"no","why":"short 3 Gbit/s in Europe"}},{"id":"d1"}]}
            """);
        Assert.Equal(0, await cli.RunAsync("sites", "--once"));
        Assert.Contains("until 19:45Z", cli.Out, StringComparison.Ordinal);
        Assert.Contains("no: short 3 Gbit/s in Europe", cli.Out, StringComparison.Ordinal);
    }
}
