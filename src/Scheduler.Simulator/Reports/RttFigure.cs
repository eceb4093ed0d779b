using System.Collections.Immutable;
using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports.Pages;
using Scheduler.Simulator.Reports.Plots;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>How round-trip times are distributed: the share of the viewing time that was at most so far from its node.</summary>
internal static class RttFigure
{
    /// <summary>The plot ends where all but this share of the viewing time is told.</summary>
    private const double Untold = 0.0005;

    private const double LeastMs = 1;

    /// <summary>Round-trip times that the table tells.</summary>
    private static readonly double[] Told = [5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500];

    /// <summary>Builds it.</summary>
    public static XElement Build(Comparison comparison)
    {
        ImmutableArray<Series> lines = comparison.Lines(Cumulated);
        double most = Math.Max(10, lines.SelectMany(line => line.Points).Where(point => point.Y <= 1 - Untold).Select(point => point.X).DefaultIfEmpty(0).Max());
        Axis x = Axis.Logarithmic("round-trip time (ms)", LeastMs, most, Quantity.Plain);
        Axis y = Axis.Linear("share of viewing time", 1, Quantity.AxisPercent);
        string text = string.Join("; ", comparison.Runs.Select(run =>
            $"{run.Policy} median {Quantity.Millis(run.Rtt.P50)}, p95 {Quantity.Millis(run.Rtt.P95)}, p99 {Quantity.Millis(run.Rtt.P99)}"));
        return Tag("figure",
            Tag("h3", "Round-trip times"),
            Tag("figcaption", "Share of the viewing time at or below a round-trip time, which has a logarithmic scale: further left is nearer."),
            LinePlot.Draw($"Distribution of round-trip times. {text}.", x, y,
                [.. lines.Select(line => line with { Points = [.. line.Points.Where(point => point.X >= LeastMs && point.X <= x.Most)] })], Marks.None),
            NumberTable.Folded("Numbers", ["at most", .. lines.Select(line => line.Name)],
                Told.Where(ms => ms <= x.Most).Select(ms => (IReadOnlyList<string>)
                    [$"{Quantity.Plain(ms)} ms", .. lines.Select(line => Quantity.Percent(ShareWithin(line, ms)))])));
    }

    private static List<(double X, double Y)> Cumulated(RunResult run)
    {
        var points = new List<(double, double)>(run.RttShares.Count);
        double sum = 0;
        foreach ((double ms, double share) in run.RttShares) points.Add((ms, Math.Min(1, sum += share)));
        return points;
    }

    private static double ShareWithin(Series line, double ms) => line.Points.LastOrDefault(point => point.X <= ms).Y;
}
