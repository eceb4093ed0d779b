using System.Globalization;
using System.Text;

namespace Scheduler.Core.Topology;

/// <summary>Gives generated sites short ids after their city, as airports have: <c>lon</c> for an IDC, <c>lon1</c> for a PoP.</summary>
internal sealed class SiteNames
{
    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>An id that was not given before.</summary>
    public string Next(string city, SiteKind kind)
    {
        string code = Code(city);
        if (kind == SiteKind.Idc && _codes.Add(code)) return code; // a code ends in a letter, every other id in a digit
        int number = _last[code] = _last.GetValueOrDefault(code) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{code}{number}");
    }

    /// <summary>The first three Latin letters, accents dropped, filled up with x.</summary>
    private static string Code(string city)
    {
        Span<char> code = ['x', 'x', 'x'];
        int length = 0;
        foreach (char c in city.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetter(c) && length < code.Length) code[length++] = char.ToLowerInvariant(c);
        return code.ToString();
    }
}
