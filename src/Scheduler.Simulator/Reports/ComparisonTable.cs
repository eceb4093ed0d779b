using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>The policies side by side: a column each, a row for what was measured.</summary>
internal static class ComparisonTable
{
    /// <summary>Builds it.</summary>
    public static XElement Build(Comparison comparison)
    {
        IEnumerable<(string Group, IEnumerable<Metric> Metrics)> groups = Metric.Groups.Select(group => (group.Group, group.Metrics.AsEnumerable()));
        if (comparison.Scenario.Publishers) groups = groups.Append(("Behind the edge", Metric.Backhaul));
        if (!comparison.Faults.IsEmpty) groups = groups.Append(("After what went wrong", [Metric.Recovery]));
        return Tag("div", Class("scroll"), With("tabindex", "0"), With("role", "group"), With("aria-label", "The policies side by side"),
            Tag("table", Class("comparison"),
                Tag("thead", Tag("tr",
                    Tag("th", With("scope", "col"), "Measure"),
                    comparison.Runs.Select((run, i) => Tag("th", Class(comparison.CssOf(i)), With("scope", "col"), run.Policy)))),
                groups.Select(group => Tag("tbody",
                    Tag("tr", Tag("th", Class("group"), With("scope", "rowgroup"), With("colspan", $"{comparison.Runs.Length + 1}"), group.Group)),
                    group.Metrics.Select(metric => Row(comparison, metric))))));
    }

    private static XElement Row(Comparison comparison, Metric metric)
    {
        string? best = metric.BestText(comparison.Runs);
        return Tag("tr",
            Tag("th", With("scope", "row"), metric.Name, Tag("small", metric.Meaning)),
            comparison.Runs.Select(run => Cell(metric, run, best)));
    }

    private static XElement Cell(Metric metric, RunResult run, string? best)
    {
        if (metric.Value(run) is not { } value) return Tag("td", "not in this run");
        string text = metric.Text(value);
        return text == best
            ? Tag("td", Class("best"), Tag("span", With("aria-hidden", "true"), "★ "), text, Tag("span", Class("spoken"), " (best)"))
            : Tag("td", text);
    }
}
