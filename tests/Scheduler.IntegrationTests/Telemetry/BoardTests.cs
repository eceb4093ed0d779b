using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Telemetry;

/// <summary>The board for Grafana asks for what there is, in words that Prometheus understands.</summary>
public sealed partial class BoardTests
{
    [CheckoutFact]
    public void Every_panel_has_a_place_of_its_own_and_a_unit()
    {
        JsonObject[] panels = [.. Panels()];
        Assert.Equal(panels.Length, panels.Select(panel => panel["id"]!.GetValue<int>()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => $"{panel["gridPos"]!["x"]} {panel["gridPos"]!["y"]}").Distinct().Count());
        Assert.All(panels.Where(panel => panel["type"]!.GetValue<string>() != "row"), panel =>
        {
            Assert.NotEqual("", panel["fieldConfig"]!["defaults"]!["unit"]!.GetValue<string>());
            Assert.InRange(panel["gridPos"]!["x"]!.GetValue<int>() + panel["gridPos"]!["w"]!.GetValue<int>(), 1, 24);
        });
    }

    [CheckoutFact]
    public void Every_metric_that_a_panel_asks_for_is_told_of_in_the_operations_page_or_recorded_by_the_rules()
    {
        string page = File.ReadAllText(Checkout.PathOf("docs/operations.md"));
        Assert.All(Expressions().SelectMany(Rules.MetricsOf), metric => Assert.Contains($"| `{metric}` |", page, StringComparison.Ordinal));
        Assert.All(Expressions().SelectMany(expression => RecordedWord().Matches(expression)), word => Assert.Contains(word.Value, Rules.Recorded()));
    }

    [PromtoolFact]
    public async Task Prometheus_understands_every_expression()
    {
        using var scratch = new ScratchDirectory();
        IEnumerable<JsonObject> rules = Expressions().Select((expression, i) => new JsonObject { ["record"] = $"panel:{i}", ["expr"] = Variable().Replace(expression, ".*") });
        var file = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "panels", ["rules"] = new JsonArray([.. rules]) }) };
        await File.WriteAllTextAsync(scratch.File("panels.yaml"), file.ToJsonString()); // JSON is YAML
        (int code, string output, string errors) = await Tool.RunAsync(Tool.OnPath("promtool")!, ["check", "rules", scratch.File("panels.yaml")]);
        Assert.True(code == 0, output + errors);
    }

    private static IEnumerable<JsonObject> Panels() =>
        JsonNode.Parse(File.ReadAllText(Checkout.PathOf("deploy/grafana/scheduler.json")))!["panels"]!.AsArray().Select(panel => panel!.AsObject());

    internal static IEnumerable<string> Expressions() => Panels().Where(panel => panel.ContainsKey("targets"))
        .SelectMany(panel => panel["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>());

    [GeneratedRegex(@"scheduler:[a-z0-9_:]+")]
    private static partial Regex RecordedWord();

    [GeneratedRegex(@"\$[a-z]+")]
    private static partial Regex Variable();
}
