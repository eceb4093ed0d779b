using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>A scenario on the live fleet, asked by the form of its page.</summary>
public sealed class SimulationDeskTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task What_if_a_site_dies_is_played_and_its_report_runs_its_own_script_alone()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Operator));
        ConsoleAnswer started = await visitor.SubmitAsync(
            "/console/simulations", "/console/simulations",
            ("target", "p00"), ("kind", "site_loss"), ("at", "20:00"), ("minutes", "0.5"), ("viewers", "fill"), ("fill", "40"), ("seed", "1"));
        string run = started.Is(303).Location!;
        await LiveScheduler.UntilAsync(async () => (await visitor.GetAsync(run)).Text.Contains("Open the report", StringComparison.Ordinal), "played");
        ConsoleAnswer report = (await visitor.GetAsync(run + "/report")).Is(200);
        string policy = Assert.Single(report.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-scripts", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("What if p00 dies at 20:00 UTC", report.Text, StringComparison.Ordinal);
        (await visitor.GetAsync(run + "0/report")).Is(404);
    }

    [Theory]
    [InlineData("target", "nowhere", "target")]
    [InlineData("kind", "flood", "kind")]
    [InlineData("at", "25:00", "at")]
    [InlineData("minutes", "-1", "minutes")]
    [InlineData("fill", "4000", "fill")]
    [InlineData("against", "chance", "against")]
    public async Task What_cannot_be_played_is_told_by_its_field(string field, string value, string told)
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Operator));
        Dictionary<string, string> fields = new() { ["target"] = "p00", ["kind"] = "site_loss", ["at"] = "20:00", ["minutes"] = "1", ["viewers"] = "fill", ["fill"] = "40", [field] = value };
        ConsoleAnswer answer = await visitor.SubmitAsync("/console/simulations", "/console/simulations", [.. fields.Select(pair => (pair.Key, pair.Value))]);
        Assert.Contains($"<code>{told}</code>", answer.Is(422).Text, StringComparison.Ordinal);
    }
}
