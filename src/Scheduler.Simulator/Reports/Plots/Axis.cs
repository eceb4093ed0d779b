using System.Collections.Immutable;

namespace Scheduler.Simulator.Reports.Plots;

/// <summary>One direction of a plot: which values it spans, and where it is ticked.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Least">Value at its beginning.</param>
/// <param name="Most">Value at its end; over <paramref name="Least"/>.</param>
/// <param name="IsLogarithmic">True when equal ratios are equally far apart; then <paramref name="Least"/> is over 0.</param>
/// <param name="Ticks">Values that are marked, with what is written there.</param>
internal sealed record Axis(string Title, double Least, double Most, bool IsLogarithmic, ImmutableArray<Tick> Ticks)
{
    private const int MostTicks = 8;

    /// <summary>Steps between ticks of time, s: those that a clock has.</summary>
    private static readonly double[] TimeSteps =
        [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];

    /// <summary>An axis from 0 on whose ticks are round numbers.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="most">Highest value; the axis ends at the next tick. Where all is 0 it ends at 1.</param>
    /// <param name="text">Writes a tick.</param>
    public static Axis Linear(string title, double most, Func<double, string> text)
    {
        if (most <= 0) most = 1;
        double rough = most / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        int count = Math.Max(1, (int)Math.Ceiling(most / step - 1e-9));
        return new Axis(title, 0, count * step, false, [.. Enumerable.Range(0, count + 1).Select(i => new Tick(i * step, text(i * step)))]);
    }

    /// <summary>A logarithmic axis that is ticked at the powers of ten and, where there are few of them, at 2 and 5 times these.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="least">Lowest value, over 0.</param>
    /// <param name="most">Highest value.</param>
    /// <param name="text">Writes a tick.</param>
    public static Axis Logarithmic(string title, double least, double most, Func<double, string> text)
    {
        int from = (int)Math.Floor(Math.Log10(least) + 1e-9), to = (int)Math.Ceiling(Math.Log10(Math.Max(most, least * 1.01)) - 1e-9);
        double[] between = to - from <= 3 ? [1, 2, 5] : [1];
        double[] ticks =
        [
            .. Enumerable.Range(from, to - from).SelectMany(power => between.Select(factor => factor * Math.Pow(10, power))),
            Math.Pow(10, to),
        ];
        double first = ticks.Last(tick => tick <= least * (1 + 1e-9)), last = ticks.First(tick => tick >= most * (1 - 1e-9) && tick > first);
        return new Axis(title, first, last, true, [.. ticks.Where(tick => tick >= first && tick <= last).Select(tick => new Tick(tick, text(tick)))]);
    }

    /// <summary>Virtual time, in the unit that suits its length.</summary>
    /// <param name="durationS">Length, s.</param>
    public static Axis Time(double durationS)
    {
        (double unit, string name) = durationS switch { >= 10_800 => (3_600, "h"), >= 1_200 => (60, "min"), _ => (1.0, "s") };
        double step = TimeSteps.FirstOrDefault(s => durationS / s <= MostTicks, TimeSteps[^1]);
        int count = (int)Math.Min(100, Math.Floor((durationS / step) + 1e-9));
        return new Axis($"virtual time ({name})", 0, Math.Max(1, durationS), false,
            [.. Enumerable.Range(0, count + 1).Select(i => new Tick(i * step, Quantity.Plain(i * step / unit)))]);
    }

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end; what is beyond is put at the end.</summary>
    public double Position(double value)
    {
        double share = IsLogarithmic
            ? Math.Log(Math.Max(value, Least) / Least) / Math.Log(Most / Least)
            : (value - Least) / (Most - Least);
        return Math.Clamp(share, 0, 1);
    }
}
