using System.Globalization;

namespace Scheduler.Simulator.Reports;

/// <summary>Quantities as people read them.</summary>
internal static class Quantity
{
    /// <summary>Stands for what there is not.</summary>
    public const string None = "–";

    /// <summary>A ratio as a percentage with three digits that matter: <c>0.24 %</c>, <c>15.7 %</c>, <c>104 %</c>.</summary>
    public static string Percent(double ratio) => Invariant(Math.Abs(ratio) switch
    {
        < 0.0995 => $"{ratio * 100:0.00} %",
        < 0.9995 => $"{ratio * 100:0.0} %",
        _ => $"{ratio * 100:#,0} %",
    });

    /// <summary>A ratio as whole per cent, for an axis: <c>50 %</c>; under one, with the digits that it takes.</summary>
    public static string AxisPercent(double ratio) => Invariant($"{ratio * 100:#,0.####} %");

    /// <summary>A whole number in groups of three: <c>300,000</c>.</summary>
    public static string Count(double count) => Invariant($"{count:#,0}");

    /// <summary>Milliseconds: <c>8.25 ms</c>.</summary>
    public static string Millis(double ms) => Invariant($"{ms:#,0.00} ms");

    /// <summary>A number with one digit after the point where that matters: <c>269.4</c>, <c>10,210</c>.</summary>
    public static string Tenths(double value) => Math.Abs(value) >= 1_000 ? Count(value) : Invariant($"{value:0.#}");

    /// <summary>A number as short as it is: <c>2.5</c>.</summary>
    public static string Plain(double value) => Invariant($"{value:#,0.####}");

    /// <summary>A length of time in the unit in which people would say it: <c>90 s</c>, <c>7 min</c>, <c>24 h</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        >= 7_200 when seconds % 360 == 0 => Invariant($"{seconds / 3_600:0.#} h"),
        >= 300 when seconds % 6 == 0 => Invariant($"{seconds / 60:0.#} min"),
        _ => Invariant($"{seconds:0.#} s"),
    };

    /// <summary>Names in a sentence: <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> names) => names.Count switch
    {
        0 => None,
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
    };

    /// <summary>A number and its unit stay on one line.</summary>
    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).Replace(' ', '\u00A0');
}
