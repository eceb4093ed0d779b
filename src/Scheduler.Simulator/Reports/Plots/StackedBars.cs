using System.Xml.Linq;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports.Plots;

/// <summary>One bar a row, each put together of parts.</summary>
internal static class StackedBars
{
    private const double Width = 640, Left = 120, Right = 86, Top = 8, RowHeight = 30, BarHeight = 19, Bottom = 44;

    /// <summary>Draws them.</summary>
    /// <param name="text">What they show, for those who do not see it.</param>
    /// <param name="axis">To the right, from 0.</param>
    /// <param name="rows">Name, parts from the left, and what is written at the end, of each bar.</param>
    /// <param name="css">Classes of the parts.</param>
    public static XElement Draw(
        string text, Axis axis, IReadOnlyList<(string Name, IReadOnlyList<double> Parts, string Total)> rows, IReadOnlyList<string> css)
    {
        double height = Top + (rows.Count * RowHeight) + Bottom, foot = height - Bottom;
        return Tag("svg", Class("bars"), With("viewBox", $"0 0 {Number(Width)} {Number(height)}"), With("role", "img"), With("aria-label", text),
            axis.Ticks.Select(tick => Tag("g",
                Line("grid", X(axis, tick.Value), Top, X(axis, tick.Value), foot),
                Label("tick middle", X(axis, tick.Value), foot + 18, tick.Text))),
            rows.Select((row, i) => Row(axis, Top + (i * RowHeight) + ((RowHeight - BarHeight) / 2), row, css)),
            Line("axis", Left, Top, Left, foot),
            Label("title middle", Left + ((Width - Left - Right) / 2), height - 6, axis.Title));
    }

    private static XElement Row(Axis axis, double y, (string Name, IReadOnlyList<double> Parts, string Total) row, IReadOnlyList<string> css)
    {
        XElement group = Tag("g", Label("name end", Left - 8, y + (BarHeight / 2) + 5, row.Name));
        double sum = 0;
        for (int part = 0; part < row.Parts.Count; part++)
        {
            double from = X(axis, sum);
            sum += row.Parts[part];
            group.Add(Box(css[part], from, y, X(axis, sum) - from, BarHeight));
        }
        group.Add(Label("tick", X(axis, sum) + 6, y + (BarHeight / 2) + 5, row.Total));
        return group;
    }

    private static double X(Axis axis, double value) => Left + (axis.Position(value) * (Width - Left - Right));
}
