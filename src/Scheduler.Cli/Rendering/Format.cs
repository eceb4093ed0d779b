using System.Globalization;
using Scheduler.Core.Units;

namespace Scheduler.Cli.Rendering;

/// <summary>Quantities as people read them. Absent ones are a dash.</summary>
internal static class Format
{
    /// <summary>Stands for a quantity that was not given.</summary>
    public const string Absent = "–";

    /// <summary>A bit rate from bit/s, such as <c>21.5 Gbit/s</c>.</summary>
    public static string BitRate(double? bps) =>
        bps is { } b and >= 0 and < 9e18 ? new BitRate((long)b).ToString() : Absent;

    /// <summary>A ratio as a percentage; one digit after the point under 10 %, and never "0 %" for what is more than nothing.</summary>
    public static string Percent(double? ratio) => ratio switch
    {
        null => Absent,
        { } r when !double.IsFinite(r) => Absent,
        > 0 and < 0.0005 => "<0.1 %",
        > 0 and < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(ratio.Value * 100, 1)} %"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(ratio.Value * 100)} %"),
    };

    /// <summary>A whole number with thin groups, such as <c>1,234,567</c>.</summary>
    public static string Count(double? count) => count is { } c && double.IsFinite(c) ? c.ToString("#,0", CultureInfo.InvariantCulture) : Absent;

    /// <summary>Milliseconds with as many digits as matter: <c>0.21 ms</c>, <c>8.1 ms</c>, <c>140 ms</c>, <c>2.5 s</c>.</summary>
    public static string Millis(double? ms) => ms switch
    {
        null => Absent,
        { } m when !double.IsFinite(m) => Absent,
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.##} ms"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.#} ms"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.##} s"),
    };

    /// <summary>A length of time in its two largest units: <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h</c>, <c>4 d 1 h</c>.</summary>
    public static string Duration(TimeSpan? duration)
    {
        if (duration is not { } d) return Absent;
        if (d < TimeSpan.Zero) return "-" + Duration(-d);
        return d switch
        {
            { TotalSeconds: < 60 } => $"{(int)d.TotalSeconds} s",
            { TotalMinutes: < 60 } => Two(d.Minutes, "min", d.Seconds, "s"),
            { TotalHours: < 24 } => Two(d.Hours, "h", d.Minutes, "min"),
            _ => Two(d.Days, "d", d.Hours, "h"),
        };
    }

    /// <summary>A moment as seen from now: <c>in 2 h</c>, <c>3 min ago</c>.</summary>
    public static string Relative(DateTimeOffset? moment, DateTimeOffset now) => moment is not { } m
        ? Absent
        : m >= now ? "in " + Duration(m - now) : Duration(now - m) + " ago";

    /// <summary>Text from outside, fit for a terminal: control characters, which could drive it, become a middle dot.</summary>
    public static string Plain(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Absent;
        return text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? '·' : c)) : text;
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not '\n';

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
