using System.Text;

namespace Scheduler.Core.Policies;

/// <summary>A pattern of stream names: the name itself, or with <c>*</c> for any run of characters, an empty one too. Letters count as written.</summary>
public sealed class StreamPattern
{
    private readonly byte[][] _parts; // what stands between the stars

    private StreamPattern(string text)
    {
        Text = text;
        _parts = [.. text.Split('*').Select(Encoding.ASCII.GetBytes)];
        Letters = text.Length - (_parts.Length - 1);
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Characters that a name must have: of two patterns that match, the one with more says more.</summary>
    public int Letters { get; }

    /// <summary>True when it is one name.</summary>
    public bool IsExact => _parts.Length == 1;

    /// <summary>Makes the pattern of a text that <see cref="FindFault"/> has nothing against.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is no pattern.</exception>
    public static StreamPattern Of(string text) => FindFault(text) is { } fault ? throw new ArgumentException(fault, nameof(text)) : new StreamPattern(text);

    /// <summary>What keeps a text from being a pattern, one sentence without a full stop; null when nothing does.</summary>
    /// <param name="text">The text.</param>
    public static string? FindFault(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > Sessions.StreamName.MaxLength) return $"must be 1 to {Sessions.StreamName.MaxLength} characters";
        foreach (char c in text)
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or '-' or '*')) return "may have the characters of stream names, A-Z a-z 0-9 . _ ~ -, and *";
        return text.Count(c => c == '*') > PolicyLimits.Stars ? $"has over {PolicyLimits.Stars} stars" : null;
    }

    /// <summary>True when a name fits. Some nanoseconds; allocates nothing.</summary>
    /// <param name="name">Bytes of the name.</param>
    public bool Matches(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith(_parts[0])) return false;
        if (IsExact) return name.Length == _parts[0].Length;
        name = name[_parts[0].Length..];
        if (!name.EndsWith(_parts[^1])) return false;
        name = name[..^_parts[^1].Length];
        // The ends are bound; what is between may be taken at its first place, as an earlier place never leaves less room.
        for (int i = 1; i < _parts.Length - 1; i++)
        {
            int at = name.IndexOf(_parts[i]);
            if (at < 0) return false;
            name = name[(at + _parts[i].Length)..];
        }
        return true;
    }
}
