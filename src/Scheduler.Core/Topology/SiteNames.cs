using System.Globalization;
using System.Text;

namespace Scheduler.Core.Topology;

/// <summary>Gives generated sites short ids after their city, as airports have: <c>lon</c> for an IDC, <c>lon1</c> for a PoP.</summary>
internal sealed class SiteNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>An id that was not given before.</summary>
    public string Next(string city, SiteKind kind)
    {
        string code = Code(city);
        if (kind == SiteKind.Idc && _taken.Add(code)) return code;
        for (int number = 1; ; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{code}{number}");
            if (_taken.Add(id)) return id;
        }
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
