using System.Globalization;

namespace Scheduler.Protocol.Documents;

/// <summary>Lengths of time as people write them: <c>30s</c>, <c>2h</c>, <c>1h30m</c>, <c>250ms</c>, <c>1.5d</c>.</summary>
public static class DurationText
{
    /// <summary>Reads one.</summary>
    /// <param name="text">Numbers, each with a unit of <c>d h m s ms</c>, largest first; a bare number is refused, its unit would be a guess.</param>
    /// <param name="duration">What it says, over zero.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        double seconds = 0, smallest = double.PositiveInfinity;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return false;
            text = text[digits..];
            int letters = text.IndexOfAnyExceptInRange('a', 'z');
            ReadOnlySpan<char> unit = letters < 0 ? text : text[..letters];
            double scale = unit switch { "d" => 86_400, "h" => 3_600, "m" => 60, "s" => 1, "ms" => 0.001, _ => 0 };
            if (scale == 0 || scale >= smallest) return false;
            smallest = scale;
            seconds += number * scale;
            text = text[unit.Length..];
        }
        if (seconds is not (> 0 and < 1e9)) return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
