using System.Collections.Immutable;

namespace Scheduler.Core.Topology;

/// <summary>
/// The text of labels. A key is 1 to 63 characters of <c>a-z 0-9 . _ / -</c>, a value 1 to 63 characters of <c>A-Z a-z 0-9 . _ -</c>;
/// both begin and end with a letter or digit. So a selector (<c>key=value,key=value</c>) can name every label without quoting.
/// </summary>
public static class Labels
{
    /// <summary>Longest key or value, characters.</summary>
    public const int MaxLength = 63;

    /// <summary>No labels; ordered by ordinal, as all labels are.</summary>
    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>True when the text may be the key of a label.</summary>
    public static bool IsKey(ReadOnlySpan<char> text)
    {
        if (!HasFirmEnds(text)) return false;
        foreach (char c in text)
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '/' or '-')) return false;
        return true;
    }

    /// <summary>True when the text may be the value of a label.</summary>
    public static bool IsValue(ReadOnlySpan<char> text)
    {
        if (!HasFirmEnds(text)) return false;
        foreach (char c in text)
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')) return false;
        return true;
    }

    private static bool HasFirmEnds(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxLength && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
