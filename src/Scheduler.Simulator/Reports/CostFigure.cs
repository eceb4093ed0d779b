using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports.Pages;
using Scheduler.Simulator.Reports.Plots;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>What the traffic would cost a month, by the kind of tariff.</summary>
internal static class CostFigure
{
    private static readonly string[] Css = ["bill-flat", "bill-p95"];

    /// <summary>Builds it.</summary>
    public static XElement Build(Comparison comparison)
    {
        double most = comparison.Runs.Max(run => run.Bill.Flat + run.Bill.Percentile95);
        string text = string.Join("; ", comparison.Runs.Select(run =>
            $"{run.Policy} {Quantity.Count(run.Bill.Flat)} flat and {Quantity.Count(run.Bill.Percentile95)} by the 95th percentile"));
        return Tag("figure",
            Tag("h3", "Bill"),
            Tag("figcaption",
                "If every month were like this run, in units of the cheapest region’s price of one Mbit/s: ",
                Key(Css[0], "flat tariffs"), " and ", Key(Css[1], "95th percentile of five-minute samples"), "."),
            StackedBars.Draw($"Bill by tariff. {text}.", Axis.Linear("a month, in units of the cheapest region’s Mbit/s", Math.Max(1, most), Quantity.Count),
                [.. comparison.Runs.Select(run => (run.Policy, Parts(run), Quantity.Count(run.Bill.Flat + run.Bill.Percentile95)))], Css),
            NumberTable.Folded("Numbers", ["policy", "flat", "95th percentile", "total", "commit left unused"],
                comparison.Runs.Select(run => (IReadOnlyList<string>)
                [
                    run.Policy, Quantity.Count(run.Bill.Flat), Quantity.Count(run.Bill.Percentile95),
                    Quantity.Count(run.Bill.Flat + run.Bill.Percentile95), $"{Quantity.Count(run.Bill.UnusedCommitMbps)} Mbit/s",
                ])));
    }

    private static IReadOnlyList<double> Parts(RunResult run) => [run.Bill.Flat, run.Bill.Percentile95];

    private static XElement Key(string css, string name) =>
        Tag("span", Class("key"),
            Tag("svg", Class("swatch"), With("viewBox", "0 0 14 14"), With("aria-hidden", "true"), Box(css, 1, 1, 12, 12)), name);
}
