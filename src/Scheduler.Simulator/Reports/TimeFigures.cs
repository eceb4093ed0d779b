using System.Collections.Immutable;
using System.Xml.Linq;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports.Pages;
using Scheduler.Simulator.Reports.Plots;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>The plots over time: one line a policy.</summary>
internal static class TimeFigures
{
    /// <summary>Gaps below this are drawn here: closer than a hundredth of a per cent nobody tells them apart.</summary>
    private const double LeastGap = 1e-4;

    /// <summary>Rows of the numbers behind a plot, at most; of a longer run every so-manieth is told.</summary>
    private const int MostRows = 100;

    private const double Tera = 1_000;

    /// <summary>The fullest site.</summary>
    public static XElement Fullest(Comparison comparison) => Figure(
        comparison, "Utilisation of the fullest site", "Load over capacity of whichever site is fullest at that moment.",
        sample => sample.MostUtilisation, Quantity.Percent, most => Axis.Linear("utilisation", Math.Max(1.1, most), Quantity.AxisPercent), (1, "capacity"));

    /// <summary>All sites together.</summary>
    public static XElement Mean(Comparison comparison) => Figure(
        comparison, "Utilisation of all sites together", "Load of all sites over the capacity of all sites: how tight it is as a whole.",
        sample => sample.MeanUtilisation, Quantity.Percent, most => Axis.Linear("utilisation", Math.Max(1, most), Quantity.AxisPercent), (1, "capacity"));

    /// <summary>The gap to the bound.</summary>
    public static XElement Gap(Comparison comparison) => Figure(
        comparison, "Gap to the lower bound", "Cost over what nobody could undercut, less one, on a logarithmic scale: lower is better.",
        sample => sample.Gap, Quantity.Percent, most => Axis.Logarithmic("gap", LeastGap, Math.Max(0.01, most), Quantity.AxisPercent), null);

    /// <summary>What is sent.</summary>
    public static XElement Load(Comparison comparison)
    {
        double most = comparison.Runs.SelectMany(run => run.Samples).Select(sample => sample.LoadGbps).DefaultIfEmpty(0).Max();
        (double unit, string name) = most >= Tera ? (Tera, "Tbit/s") : (1, "Gbit/s");
        return Figure(comparison, "Load", "What all sites are given to send. Where a line is lower than the others, viewers were refused or are on their way back.",
            sample => sample.LoadGbps / unit, value => $"{Quantity.Plain(Math.Round(value, 3))} {name}", top => Axis.Linear($"load ({name})", top, Quantity.Plain), null);
    }

    private static XElement Figure(
        Comparison comparison, string name, string meaning, Func<RunSample, double> value, Func<double, string> text, Func<double, Axis> axis,
        (double, string)? limit)
    {
        ImmutableArray<Series> lines = comparison.Lines(run => [.. run.Samples.Select(sample => ((double)sample.AtS, value(sample)))]);
        double[] all = [.. lines.SelectMany(line => line.Points).Select(point => point.Y)];
        if (all.Length == 0) return Tag("figure", Tag("h3", name), Tag("p", "The run is too short for a sample."));
        string range = string.Join("; ", lines.Where(line => line.Points.Count > 0)
            .Select(line => $"{line.Name} from {text(line.Points.Min(p => p.Y))} to {text(line.Points.Max(p => p.Y))}"));
        return Tag("figure",
            Tag("h3", name),
            Tag("figcaption", meaning),
            LinePlot.Draw($"{name} over time. {range}.", Axis.Time(comparison.Scenario.DurationS), axis(all.Max()), lines, comparison.TimeMarks(limit)),
            Numbers(lines, text));
    }

    private static XElement Numbers(ImmutableArray<Series> lines, Func<double, string> text)
    {
        int longest = lines.Max(line => line.Points.Count), every = ((longest - 1) / MostRows) + 1;
        return NumberTable.Folded(
            every == 1 ? "Numbers" : $"Numbers (one row in {every})",
            ["time", .. lines.Select(line => line.Name)],
            Enumerable.Range(0, ((longest - 1) / every) + 1).Select(row => row * every).Select(i => (IReadOnlyList<string>)
            [
                Quantity.Seconds(lines.First(line => line.Points.Count == longest).Points[i].X),
                .. lines.Select(line => i < line.Points.Count ? text(line.Points[i].Y) : Quantity.None),
            ]));
    }
}
