using System.Text;

namespace Scheduler.Core.Topology;

/// <summary>What ids, names and country codes may look like, and how a bad value is quoted back.</summary>
internal static class FleetText
{
    /// <summary>Longest part of a bad value that a reason repeats.</summary>
    private const int QuotedLength = 64;

    /// <summary>True for 1 to <paramref name="maxLength"/> of <c>a-z 0-9 -</c>, beginning with a letter or digit.</summary>
    public static bool IsId(ReadOnlySpan<char> text, int maxLength)
    {
        // A leading hyphen would read as an option wherever an id is typed.
        if (text.Length == 0 || text.Length > maxLength || text[0] == '-') return false;
        foreach (char c in text)
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return false;
        return true;
    }

    /// <summary>True for text that people can read: not blank, not padded, no control characters, no half of a surrogate pair.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > FleetLimits.NameLength || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        foreach (Rune rune in text.EnumerateRunes())
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar) return false; // the enumerator gives this one for a lone half
        return true;
    }

    /// <summary>True for two upper-case letters, as ISO 3166-1 alpha-2 has.</summary>
    public static bool IsCountry(ReadOnlySpan<char> text) =>
        text.Length == 2 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);

    /// <summary>A value in single quotes, cut when long, without control characters: fit for a terminal and a log.</summary>
    public static string Quote(string text)
    {
        bool cut = text.Length > QuotedLength;
        StringBuilder quoted = new StringBuilder("'").Append(text, 0, Math.Min(text.Length, QuotedLength));
        for (int i = 1; i < quoted.Length; i++)
            if (char.IsControl(quoted[i]) || char.IsSurrogate(quoted[i])) quoted[i] = '?';
        return quoted.Append(cut ? "…'" : "'").ToString();
    }
}
