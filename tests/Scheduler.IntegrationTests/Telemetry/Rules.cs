using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Telemetry;

/// <summary>The rules of <c>deploy/prometheus</c>.</summary>
internal static partial class Rules
{
    /// <summary>All rules.</summary>
    public static IEnumerable<JsonObject> All() => Yaml.ReadFile(Checkout.PathOf("deploy/prometheus/scheduler.rules.yaml"))["groups"]!.AsArray()
        .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!.AsObject());

    /// <summary>Names of the alerts.</summary>
    public static IEnumerable<string> Alerts() => All().Where(rule => rule.ContainsKey("alert")).Select(rule => Manifest.Text(rule["alert"]));

    /// <summary>Where an alert links to.</summary>
    public static string RunbookOf(string alert) => Manifest.Text(All().Single(rule => rule.ContainsKey("alert") && Manifest.Text(rule["alert"]) == alert)["annotations"]!["runbook_url"]);

    /// <summary>Names of what rules record.</summary>
    public static IEnumerable<string> Recorded() => All().Where(rule => rule.ContainsKey("record")).Select(rule => Manifest.Text(rule["record"]));

    /// <summary>The metrics that an expression asks for, histograms by their own name; not what other rules record.</summary>
    public static IEnumerable<string> MetricsOf(string expression) => Metric().Matches(expression).Select(match => Suffix().Replace(match.Value, "")).Distinct();

    [GeneratedRegex(@"(?<![\w:])scheduler_[a-z0-9_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
