using System.Globalization;

namespace Scheduler.Protocol.Grpc;

/// <summary>The value of <c>grpc-timeout</c>: one to eight digits and a unit, <c>H M S m u n</c>.</summary>
public static class GrpcTimeout
{
    private const int MaxDigits = 8;
    private const long MaxValue = 99_999_999;

    /// <summary>Reads a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="timeout">How long the call may take; nanoseconds are rounded up to ticks of 100 ns, so that what is over 0 stays over 0.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MaxDigits + 1 || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long value)) return false;
        long? ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => (value + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }

    /// <summary>Writes a value, in the finest unit that has room for it; what is not a whole number of it is rounded up, and what is not over 0 is <c>0n</c>.</summary>
    /// <param name="timeout">How long the call may take.</param>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero) return "0n";
        (char Unit, long Ticks)[] units =
        [
            ('u', TimeSpan.TicksPerMicrosecond), ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute), ('H', TimeSpan.TicksPerHour),
        ];
        foreach ((char unit, long ticks) in units)
        {
            long value = (timeout.Ticks / ticks) + (timeout.Ticks % ticks == 0 ? 0 : 1);
            if (value <= MaxValue) return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{MaxValue}H"); // 11,415 years
    }
}
