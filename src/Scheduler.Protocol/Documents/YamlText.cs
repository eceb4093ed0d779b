using System.Globalization;
using System.Text;

namespace Scheduler.Protocol.Documents;

/// <summary>Writes text as a YAML scalar: plain where every reader takes it for text, else in double quotes.</summary>
internal static class YamlText
{
    /// <summary>Words that YAML 1.1 or 1.2 readers take for something else than text.</summary>
    private static readonly HashSet<string> Reserved =
        new(["null", "true", "false", "yes", "no", "on", "off", "y", "n"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The scalar of a text.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>True for letters, digits and <c>. _ - /</c> with single inner spaces, a letter first.</summary>
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !char.IsLetter(text[0]) || text[^1] == ' ' || Reserved.Contains(text)) return false;
        foreach (char c in text)
            if (!(char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ' ')) return false;
        return true;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= ' ' and <= '~' || Rune.IsLetter(rune)) quoted.Append(rune);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }
        return quoted.Append('"').ToString();
    }
}
