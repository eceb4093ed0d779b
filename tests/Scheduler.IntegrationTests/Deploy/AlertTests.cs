using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.IntegrationTests.Telemetry;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>The alerts ask about what is measured.</summary>
public sealed partial class AlertTests
{
    [CheckoutFact]
    public void Every_metric_and_label_that_an_alert_asks_about_is_in_the_operations_page()
    {
        Dictionary<string, string[]> metrics = MetricRow().Matches(File.ReadAllText(Checkout.PathOf("docs/operations.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries));
        foreach (JsonObject alert in Alerts())
        {
            string expression = Manifest.Text(alert["expr"]);
            MatchCollection asked = Series().Matches(expression);
            Assert.True(asked.Count > 0 || Rules.Recorded().Any(name => expression.Contains(name, StringComparison.Ordinal)), expression);
            Assert.All(asked, series =>
            {
                string name = Rules.MetricsOf(series.Groups["name"].Value).Single();
                Assert.Contains(name, metrics);
                Assert.All(Label().Matches(series.Groups["labels"].Value), label => Assert.Contains(label.Groups["name"].Value, metrics[name]));
            });
        }
    }

    [CheckoutFact]
    public void Every_alert_has_a_name_of_its_own_a_severity_and_a_summary()
    {
        JsonObject[] alerts = [.. Alerts()];
        Assert.Equal(alerts.Length, alerts.Select(alert => Manifest.Text(alert["alert"])).Distinct().Count());
        Assert.All(alerts, alert =>
        {
            Assert.Contains(Manifest.Text(alert["labels"]!["severity"]), (string[])["critical", "warning"]);
            Assert.NotEqual("", Manifest.Text(alert["annotations"]!["summary"]));
        });
    }

    [ChartFact]
    public async Task The_rule_of_the_chart_holds_the_alerts_as_they_are()
    {
        JsonNode rendered = (await Release.OfAsync("production")).Only("PrometheusRule").Spec["groups"]!;
        Assert.True(JsonNode.DeepEquals(Document()["groups"], rendered));
    }

    private static JsonObject Document() => Yaml.ReadFile(Path.Combine(Checkout.Chart, "files/alerts.yaml"));

    private static IEnumerable<JsonObject> Alerts() => Document()["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!.AsObject()).Where(rule => rule.ContainsKey("alert"));

    [GeneratedRegex(@"^\| `(?<name>scheduler_[a-z_]+)` \| (?<labels>[a-z, ]*)\|", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"(?<![\w:])(?<name>scheduler_[a-z_]+)(\{(?<labels>[^}]*)\})?")]
    private static partial Regex Series();

    [GeneratedRegex(@"(?<name>[a-z_]+)=~?""")]
    private static partial Regex Label();
}
