using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>A drain by the console's forms: the same calls, the same records, as by the admin API.</summary>
public sealed class DrainFlowTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task A_drain_from_its_preview_to_its_undo_is_on_record_under_the_operators_name()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Operator));
        const string Preview = "/console/drains/new?site=p00&ramp_s=0&hours=2";
        await LiveScheduler.UntilAsync(async () => (await visitor.GetAsync(Preview)).Status == 200, "previewed");
        ConsoleAnswer page = await visitor.GetAsync(Preview);
        Assert.Contains("If p00 is drained", page.Text, StringComparison.Ordinal);

        (string, string)[] form = [.. ConsoleVisitor.HiddenOf(page.Text, "/console/drains"), ("reason", "fibre work"), ("force", "on")];
        ConsoleAnswer started = (await visitor.PostAsync("/console/drains", form)).Is(303);
        string drain = started.Location!;
        Assert.StartsWith("/console/drains/d", drain, StringComparison.Ordinal);

        // The button pressed twice: one drain.
        (await visitor.PostAsync("/console/drains", form)).LeadsTo(drain);
        Assert.Contains("fibre work", (await visitor.GetAsync(drain)).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("fibre work", (await visitor.GetAsync("/console/drains")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("s-drained", (await visitor.GetAsync("/console/sites/p00")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("fibre work", (await visitor.GetAsync("/console/sites/p00")).Is(200).Text, StringComparison.Ordinal);

        ConsoleAnswer undone = (await visitor.SubmitAsync(drain, drain + "/undo", ("reason", "done early"))).Is(200);
        Assert.Contains("p00 comes back", undone.Text, StringComparison.Ordinal);
        (await visitor.GetAsync(drain)).Is(404);

        JsonElement[] audit = [.. (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/audit?operation=POST%20/console")).Succeeds().Json.GetProperty("entries").EnumerateArray()];
        Assert.Contains(audit, entry => Text(entry, "operation") == "POST /console/drains" && Text(entry, "reason") == "fibre work" && Text(entry, "caller") == "a Operator");
        Assert.Contains(audit, entry => Text(entry, "operation") == "POST /console/drains/{id}/undo" && Text(entry, "reason") == "done early");
        JsonElement revisions = (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/revisions?text=fibre")).Succeeds().Json.GetProperty("revisions");
        Assert.Equal("a Operator", revisions[0].GetProperty("author").GetString());
    }

    [Fact]
    public async Task What_is_at_fault_is_told_on_the_page()
    {
        using var visitor = new ConsoleVisitor(scheduler.Address);
        await visitor.SignInAsync(scheduler.Key(ApiKeyKind.Operator));
        Assert.Contains("role=\"alert\"", (await visitor.GetAsync("/console/drains/new?site=nowhere")).Is(422).Text, StringComparison.Ordinal);
        await LiveScheduler.UntilAsync(async () => (await visitor.GetAsync("/console/drains/new?site=p01")).Status == 200, "previewed");
        ConsoleAnswer refused = await visitor.SubmitAsync("/console/drains/new?site=p01", "/console/drains", ("target", "site:nowhere"), ("reason", "x"));
        Assert.Contains("nowhere", refused.Is(422).Text, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
}
