using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports.Pages;
using Scheduler.Simulator.Scenarios;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>
/// Runs of one scenario as one page that needs nothing else: no network, no other file, and no script, which only adds the values under the pointer.
/// Nothing in it depends on the machine or the hour: the same results give the same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="runs">The runs, in the order in which they are shown; of one scenario and one seed, at least one.</param>
    /// <exception cref="ArgumentException">There is no run, or they are of different scenarios or seeds.</exception>
    public static string Write(IReadOnlyList<RunResult> runs)
    {
        var comparison = new Comparison(runs);
        return PageWriter.Write(Tag("html", With("lang", "en"), Head(comparison), Body(comparison)));
    }

    private static XElement Head(Comparison comparison) => Tag("head",
        Tag("meta", With("charset", "utf-8")),
        Tag("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
        Tag("meta", With("name", "color-scheme"), With("content", "light dark")),
        Tag("title", $"{comparison.Scenario.Name}: {Quantity.List([.. comparison.Runs.Select(run => run.Policy)])}"),
        Tag("style", Asset.Read("report.css"), PolicyStyles.Rules(comparison.Runs.Length)));

    private static XElement Body(Comparison comparison) => Tag("body",
        Header(comparison),
        Tag("main",
            FaultTimeline.Build(comparison),
            Tag("section",
                Tag("h2", comparison.Runs.Length == 1 ? "What was measured" : "The policies side by side"),
                ComparisonTable.Build(comparison),
                Tag("p", Class("note"), comparison.Runs.Length == 1 ? null : "★ marks the best of a row: the least, all else equal. ",
                    "Cost and bound are of the viewers that were served: who refuses many looks better than it is, so read the refusals first.")),
            Tag("section",
                Tag("h2", "How it went"),
                PolicyStyles.Legend(comparison),
                Tag("div", Class("plots"),
                    TimeFigures.Gap(comparison), TimeFigures.Fullest(comparison), RttFigure.Build(comparison),
                    TimeFigures.Mean(comparison), TimeFigures.Load(comparison), CostFigure.Build(comparison))),
            MapSection.Build(comparison)),
        Tag("footer", Tag("p",
            "Made by scheduler simulate. The same scenario, policies and seed give this page again, byte for byte. ",
            "Coastlines: Natural Earth, public domain.")),
        Tag("script", Asset.Read("report.js")));

    private static XElement Header(Comparison comparison)
    {
        Scenario scenario = comparison.Scenario;
        return Tag("header",
            Tag("p", Class("kind"), "Simulated traffic scheduling"),
            Tag("h1", scenario.Name),
            Tag("p", Class("summary"), scenario.Summary),
            Tag("ul", Class("verdicts"), Verdicts.Of(comparison).Select(sentence => Tag("li", sentence))),
            Tag("dl", Class("facts"),
                Fact("Seed", $"{comparison.Seed}"),
                Fact("Replicas", scenario.Replicas == 1 ? "1" : $"{scenario.Replicas}, {(scenario.Routing == Routing.Random ? "any viewer to any" : "each region to one")}"),
                Fact("Sites", Quantity.Count(comparison.Runs[0].Sites.Length)),
                Fact("Viewers", Viewers(comparison)),
                Fact("Virtual time", Quantity.Seconds(scenario.DurationS)),
                Fact("Measured from", Quantity.Seconds(scenario.MeasureFromS)),
                Fact("Reports every", Quantity.Seconds(scenario.ReportS))));
    }

    private static string Viewers(Comparison comparison)
    {
        long least = comparison.Runs.Min(run => run.Arrived), most = comparison.Runs.Max(run => run.Arrived);
        return least == most ? Quantity.Count(least) : $"{Quantity.Count(least)} to {Quantity.Count(most)}";
    }

    private static XElement Fact(string name, string value) => Tag("div", Tag("dt", name), Tag("dd", value));
}
