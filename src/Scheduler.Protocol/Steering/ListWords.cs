using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Protocol.Steering;

/// <summary>
/// The words of a steering parameter, in which players differ: bare or in quotes, alone or separated by commas, as they are or with both percent-encoded. Quotes,
/// commas and spaces separate, empty words are passed over.
/// </summary>
/// <param name="text">The value as it stands in the query.</param>
internal ref struct ListWords(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The word that was found last.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Itself.</summary>
    [SuppressMessage("Design", "CA1024", Justification = "foreach asks for a method of this name.")]
    public readonly ListWords GetEnumerator() => this;

    /// <summary>Finds the next word.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty && SeparatorLength(_rest) is > 0 and int length) _rest = _rest[length..];
        int end = 0;
        while (end < _rest.Length && SeparatorLength(_rest[end..]) == 0) end++;
        Current = _rest[..end];
        _rest = _rest[end..];
        return end > 0;
    }

    private static int SeparatorLength(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)',' or (byte)'"' or (byte)' ' or (byte)'+') return 1;
        return text[0] == '%' && text.Length >= 3 && text[1] == '2' && text[2] is (byte)'2' or (byte)'C' or (byte)'c' or (byte)'0' ? 3 : 0;
    }
}
