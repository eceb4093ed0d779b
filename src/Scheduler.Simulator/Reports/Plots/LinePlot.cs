using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports.Plots;

/// <summary>Lines over two axes.</summary>
internal static class LinePlot
{
    private const double Width = 640, Height = 320, Left = 66, Right = 14, Top = 18, Bottom = 50;
    private const double InnerWidth = Width - Left - Right, InnerHeight = Height - Top - Bottom;

    /// <summary>Draws it.</summary>
    /// <param name="text">What it shows, for those who do not see it.</param>
    /// <param name="x">To the right.</param>
    /// <param name="y">Upwards.</param>
    /// <param name="lines">The lines, the first one on top.</param>
    /// <param name="marks">What is marked behind them.</param>
    public static XElement Draw(string text, Axis x, Axis y, IReadOnlyList<Series> lines, Marks marks) =>
        Tag("svg", Class("plot"), With("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), With("role", "img"), With("aria-label", text),
            With("data-box", $"{Number(Left)} {Number(Top)} {Number(InnerWidth)} {Number(InnerHeight)}"),
            With("data-x", Domain(x)), With("data-y", Domain(y)), With("data-x-title", x.Title), With("data-y-title", y.Title),
            Tag("g", Shades(x, marks)),
            Tag("g", Grid(x, y)),
            Tag("g", Limits(x, y, marks)),
            lines.Reverse().Select(line => Tag("g", Class(line.Css),
                Tag("path", Class("line"), With("data-name", line.Name), With("d", Path(x, y, line.Points))))));

    private static IEnumerable<XElement> Shades(Axis x, Marks marks)
    {
        foreach (FaultSpan fault in marks.Faults)
        {
            double from = X(x, fault.FromS), width = Math.Max(2, X(x, fault.ToS) - from);
            yield return Tag("g", Box("shade", from, Top, width, InnerHeight), Line("shade-edge", from, Top, from, Top + InnerHeight));
        }
        // Faults that begin together share one place for their numbers.
        foreach (IGrouping<double, FaultSpan> together in marks.Faults.GroupBy(fault => fault.FromS))
            yield return Label("small", X(x, together.Key), Top - 5, $"fault {string.Join(", ", together.Select(fault => fault.Number))}");
    }

    private static IEnumerable<XElement> Grid(Axis x, Axis y)
    {
        foreach (Tick tick in y.Ticks)
        {
            double at = Y(y, tick.Value);
            yield return Line("grid", Left, at, Left + InnerWidth, at);
            yield return Label("tick end", Left - 7, at + 4, tick.Text);
        }
        foreach (Tick tick in x.Ticks)
        {
            double at = X(x, tick.Value);
            yield return Line("tick-mark", at, Top + InnerHeight, at, Top + InnerHeight + 5);
            yield return Label("tick middle", at, Top + InnerHeight + 20, tick.Text);
        }
        yield return Line("axis", Left, Top + InnerHeight, Left + InnerWidth, Top + InnerHeight);
        yield return Label("title middle", Left + (InnerWidth / 2), Height - 8, x.Title);
        XElement upwards = Label("title middle", 0, 0, y.Title);
        upwards.Add(With("transform", $"translate(14 {Number(Top + (InnerHeight / 2))}) rotate(-90)"));
        yield return upwards;
    }

    private static IEnumerable<XElement> Limits(Axis x, Axis y, Marks marks)
    {
        if (marks.MeasuredFromS is { } from and > 0 && from < x.Most)
        {
            yield return Line("measured", X(x, from), Top, X(x, from), Top + InnerHeight);
            yield return Label("small", X(x, from) + 4, Top + InnerHeight - 6, "measured from here");
        }
        if (marks.Limit is { } limit && limit.Value <= y.Most)
        {
            yield return Line("limit", Left, Y(y, limit.Value), Left + InnerWidth, Y(y, limit.Value));
            yield return Label("small", Left + 4, Y(y, limit.Value) - 5, limit.Name);
        }
    }

    private static string Path(Axis x, Axis y, IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder(points.Count * 12);
        foreach ((double atX, double atY) in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(X(x, atX))).Append(' ').Append(Number(Y(y, atY)));
        return path.ToString();
    }

    /// <summary>The axis as the script reads it, to tell values from places.</summary>
    private static string Domain(Axis axis) =>
        string.Create(CultureInfo.InvariantCulture, $"{axis.Least} {axis.Most} {(axis.IsLogarithmic ? "log" : "linear")}");

    private static double X(Axis axis, double value) => Left + (axis.Position(value) * InnerWidth);

    private static double Y(Axis axis, double value) => Top + ((1 - axis.Position(value)) * InnerHeight);
}
