using System.Xml.Linq;
using Scheduler.Simulator.Reports.Plots;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>What goes wrong, as bars over the time of the run and in words.</summary>
internal static class FaultTimeline
{
    private const double Width = 640, Left = 24, Right = 24, RowHeight = 26, Bottom = 46;

    /// <summary>Builds it; null for a run in which nothing goes wrong.</summary>
    public static XElement? Build(Comparison comparison)
    {
        if (comparison.Faults.IsEmpty) return null;
        Axis time = Axis.Time(comparison.Scenario.DurationS);
        double foot = (comparison.Faults.Length * RowHeight) + 6, height = foot + Bottom;
        return Tag("section",
            Tag("h2", "What goes wrong"),
            Tag("ol", Class("faults"), comparison.Faults.Select(fault => Tag("li", Tag("strong", fault.When + ": "), fault.What))),
            Tag("svg", Class("timeline"), With("viewBox", $"0 0 {Number(Width)} {Number(height)}"), With("role", "img"),
                With("aria-label", "Time line of the faults that are listed above"),
                time.Ticks.Select(tick => Tag("g",
                    Line("grid", X(time, tick.Value), 4, X(time, tick.Value), foot),
                    Label("tick middle", X(time, tick.Value), foot + 17, tick.Text))),
                comparison.Faults.Select((fault, i) => Bar(time, fault, 6 + (i * RowHeight))),
                Line("axis", Left, foot, Width - Right, foot),
                Label("title middle", Width / 2, height - 8, time.Title)));
    }

    private static XElement Bar(Axis time, FaultSpan fault, double y)
    {
        double from = X(time, fault.FromS), width = Math.Max(4, X(time, fault.ToS) - from);
        // The number stands before the bar, where nothing is drawn, unless the bar begins at the edge.
        return Tag("g",
            Box("fault-bar", from, y, width, RowHeight - 8),
            from > Left + 20 ? Label("name end", from - 6, y + 14, $"{fault.Number}") : Label("name", from + 6, y + 14, $"{fault.Number}"));
    }

    private static double X(Axis time, double seconds) => Left + (time.Position(seconds) * (Width - Left - Right));
}
