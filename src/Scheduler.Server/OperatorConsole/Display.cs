using System.Globalization;

namespace Scheduler.Server.OperatorConsole;

/// <summary>Numbers and times as operators read them: few digits, the unit with them, the same on every page.</summary>
internal static class Display
{
    private static readonly (double Factor, string Unit)[] Rates = [(1e12, "Tbit/s"), (1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"), (1, "bit/s")];

    /// <summary>A bit rate, as <c>21.5 Gbit/s</c>.</summary>
    public static string Rate(long bps)
    {
        (double factor, string unit) = Array.Find(Rates, range => Math.Abs(bps) >= range.Factor) is { Factor: > 0 } found ? found : (1, "bit/s");
        return Text($"{Short(bps / factor)} {unit}");
    }

    /// <summary>A share, as <c>43 %</c>, and below a tenth <c>4.3 %</c>.</summary>
    public static string Percent(double share) => Math.Abs(share) is > 0 and < 0.0995 ? Text($"{share * 100:0.#} %") : Text($"{share * 100:0} %");

    /// <summary>A count, in groups of three.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u2009');

    /// <summary>Milliseconds, or ms-equivalents.</summary>
    public static string Ms(double ms) => Text($"{Short(ms)} ms");

    /// <summary>A change, with its sign.</summary>
    public static string Change(double value, string unit) => Math.Abs(value) < 0.005 ? $"no change" : Text($"{(value > 0 ? "+" : "\u2212")}{Short(Math.Abs(value))} {unit}");

    /// <summary>Three digits of a number.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u2009'),
        >= 9.995 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>How long ago, in one unit.</summary>
    public static string Ago(long? ms) => ms switch
    {
        null => "never",
        < 1_000 => "now",
        < 120_000 => Text($"{ms / 1_000} s ago"),
        < 7_200_000 => Text($"{ms / 60_000} min ago"),
        _ => Text($"{ms / 3_600_000} h ago"),
    };

    /// <summary>A span, in its two greatest units.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Text($"{Math.Max(0, span.TotalSeconds):0} s"),
        { TotalMinutes: < 60 } => Text($"{(int)span.TotalMinutes} min") + (span.Seconds > 0 ? Text($" {span.Seconds} s") : ""),
        { TotalHours: < 48 } => Text($"{(int)span.TotalHours} h") + (span.Minutes > 0 ? Text($" {span.Minutes} min") : ""),
        _ => Text($"{(int)span.TotalDays} days"),
    };

    /// <summary>A moment, UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A moment of today by the clock alone.</summary>
    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The machine's form of a moment, for <c>time</c> elements.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A name of the wire as words: <c>out_of_service</c> as <c>out of service</c>.</summary>
    public static string Words(string name) => name.Replace('_', ' ');

    /// <summary>A number of a drawing.</summary>
    public static string Units(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
