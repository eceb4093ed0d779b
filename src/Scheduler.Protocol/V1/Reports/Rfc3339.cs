namespace Scheduler.Protocol.V1.Reports;

/// <summary>Times of RFC 3339.</summary>
internal static class Rfc3339
{
    private const int SecondsEnd = 19; // length of 2025-11-22T17:35:18

    /// <summary>Reads a date-time with zone, as Unix ms; finer fractions are cut off. A leap second counts as the next one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text.Length <= SecondsEnd || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;
        if (!Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)
            || !Digits(text[11..13], out int hour) || !Digits(text[14..16], out int minute)
            || !Digits(text[17..19], out int second)) return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 60) return false;

        ReadOnlySpan<byte> rest = text[SecondsEnd..];
        if (!ReadFraction(ref rest, out int milliseconds) || !ReadOffset(rest, out int offsetMinutes)) return false;
        long days = new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        unixMs = (((((((days * 24) + hour) * 60) + minute - offsetMinutes) * 60) + second) * 1000) + milliseconds;
        return true;
    }

    private static bool ReadFraction(ref ReadOnlySpan<byte> rest, out int milliseconds)
    {
        milliseconds = 0;
        if (rest[0] != '.') return true;
        int length = 1, unit = 100;
        while (length < rest.Length && char.IsAsciiDigit((char)rest[length]))
        {
            milliseconds += (rest[length] - '0') * unit;
            unit /= 10;
            length++;
        }
        rest = rest[length..];
        return length > 1 && !rest.IsEmpty;
    }

    private static bool ReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1) return (rest[0] | 0x20) == 'z';
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':') return false;
        if (!Digits(rest[1..3], out int hours) || !Digits(rest[4..], out int rested) || hours > 23 || rested > 59) return false;
        minutes = ((hours * 60) + rested) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (!char.IsAsciiDigit((char)b)) return false;
            value = (value * 10) + (b - '0');
        }
        return true;
    }
}
