using System.Globalization;

namespace Scheduler.Protocol.V1;

/// <summary>What values of fields must keep to, whatever form they come in. Each rule gives what is wrong as a reason, null when nothing is.</summary>
internal static class FieldRules
{
    /// <summary>At least one byte, and not too many.</summary>
    public static string? LengthFault(ReadOnlySpan<byte> value, int maxLength) =>
        value.IsEmpty ? "must not be empty" : value.Length > maxLength ? $"longer than {maxLength} bytes" : null;

    /// <summary>A text for people: at least one character, not too many, and no control characters.</summary>
    public static string? TextFault(ReadOnlySpan<byte> utf8, int maxCharacters)
    {
        int characters = 0;
        bool controls = false;
        foreach (byte b in utf8)
        {
            if ((b & 0xC0) != 0x80) characters++;
            controls |= b is < 0x20 or 0x7F;
        }
        if (controls) return "has a control character";
        return characters == 0 ? "must not be empty" : characters > maxCharacters ? $"longer than {maxCharacters} characters" : null;
    }

    /// <summary>An integer within bounds.</summary>
    public static string? RangeFault(long value, long min, long max) => value >= min && value <= max ? null : OutOf(min, max);

    /// <summary>A number within bounds; what is no number is not.</summary>
    public static string? RangeFault(double value, double min, double max) =>
        value >= min && value <= max ? null : string.Create(CultureInfo.InvariantCulture, $"must be in [{min}, {max}]");

    /// <summary>What is said of an integer that is out of bounds.</summary>
    public static string OutOf(long min, long max) => string.Create(CultureInfo.InvariantCulture, $"must be in [{min}, {max}]");
}
