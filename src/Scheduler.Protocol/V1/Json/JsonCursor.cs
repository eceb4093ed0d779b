using System.Globalization;
using System.Text.Unicode;

namespace Scheduler.Protocol.V1.Json;

/// <summary>
/// Walks one JSON text (RFC 8259) of UTF-8, strictly, without building anything. A text at fault is a value, never an exception: from the
/// first fault on every call answers false, and <see cref="Fault"/> says what and where.
/// </summary>
/// <remarks>
/// Refused beyond the grammar: invalid UTF-8, escaped lone surrogates, nesting over <see cref="MaxDepth"/>. Numbers and strings are in
/// <c>JsonCursor.Scalars.cs</c>. An own walk, because a beat or a session must cost tens of nanoseconds and a malformed one no exception.
/// </remarks>
internal ref partial struct JsonCursor
{
    /// <summary>Deepest nesting that is followed.</summary>
    public const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _json;
    private int _at;
    private int _depth;
    private bool _opened; // a container was opened and nothing read from it yet: no comma is due
    private string? _fault;

    /// <summary>Stands before the first value of a text.</summary>
    /// <param name="utf8">The whole text.</param>
    public JsonCursor(ReadOnlySpan<byte> utf8)
    {
        _json = utf8;
        if (!Utf8.IsValid(utf8)) _fault = "not valid UTF-8";
    }

    /// <summary>Position in the text, bytes; that of the fault once there is one.</summary>
    public readonly int Position => _at;

    /// <summary>What is wrong with the text; null while nothing is.</summary>
    public readonly string? Fault => _fault;

    /// <summary>The fault, for a person, with its position.</summary>
    public readonly string Describe() => string.Create(CultureInfo.InvariantCulture, $"not valid JSON: {_fault}, at byte {_at}");

    /// <summary>The kind of the next value; <see cref="JsonKind.None"/> at a fault.</summary>
    public JsonKind Peek()
    {
        if (!SkipWhiteSpace("the text ends where a value is due")) return JsonKind.None;
        switch (_json[_at])
        {
            case (byte)'"': return JsonKind.String;
            case (byte)'{': return JsonKind.Object;
            case (byte)'[': return JsonKind.Array;
            case (byte)'t' or (byte)'f': return JsonKind.Boolean;
            case (byte)'n': return JsonKind.Null;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return JsonKind.Number;
            default:
                Fail("a value is due");
                return JsonKind.None;
        }
    }

    /// <summary>Enters the object or array that <see cref="Peek"/> has shown.</summary>
    public bool Enter()
    {
        if (_fault is not null) return false;
        if (_depth == MaxDepth) return Fail("nested too deeply");
        _at++;
        _depth++;
        _opened = true;
        return true;
    }

    /// <summary>Goes to the value of the object's next member; false at its end, which is then passed.</summary>
    /// <param name="name">Name of the member, escapes resolved.</param>
    public bool NextMember(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!NextItem((byte)'}')) return false;
        if (_json[_at] != (byte)'"') return Fail("a member's name is due");
        if (!ReadString(out name) || !SkipWhiteSpace("the text ends after a member's name")) return false;
        if (_json[_at] != (byte)':') return Fail("':' is due");
        _at++;
        return true;
    }

    /// <summary>Goes to the array's next element; false at its end, which is then passed.</summary>
    public bool NextElement() => NextItem((byte)']');

    /// <summary>Passes the next value, whatever it is.</summary>
    public bool Skip()
    {
        switch (Peek())
        {
            case JsonKind.String: return SkipString();
            case JsonKind.Number: return ReadNumber(out _);
            case JsonKind.Boolean: return SkipWord(_json[_at] == (byte)'t' ? "true"u8 : "false"u8);
            case JsonKind.Null: return SkipWord("null"u8);
            case JsonKind.Array:
                if (!Enter()) return false;
                while (NextElement())
                    if (!Skip()) return false;
                return _fault is null;
            case JsonKind.Object:
                if (!Enter()) return false;
                while (NextMember(out _))
                    if (!Skip()) return false;
                return _fault is null;
            default: return false;
        }
    }

    /// <summary>Passes the next value and gives its text.</summary>
    public bool Slice(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Peek() == JsonKind.None) return false;
        int start = _at;
        if (!Skip()) return false;
        value = _json[start.._at];
        return true;
    }

    /// <summary>True when nothing but white space is left; otherwise the text is at fault.</summary>
    public bool End()
    {
        if (_fault is not null) return false;
        while (_at < _json.Length && IsWhiteSpace(_json[_at])) _at++;
        return _at == _json.Length || Fail("more text after the end of the value");
    }

    private bool NextItem(byte close)
    {
        const string Unclosed = "the text ends within an object or array";
        if (!SkipWhiteSpace(Unclosed)) return false;
        if (_json[_at] == close)
        {
            _at++;
            _depth--;
            _opened = false;
            return false;
        }
        if (_opened)
        {
            _opened = false;
            return true;
        }
        if (_json[_at] != (byte)',') return Fail(close == (byte)'}' ? "',' or '}' is due" : "',' or ']' is due");
        _at++;
        if (!SkipWhiteSpace(Unclosed)) return false;
        return _json[_at] != close || Fail("nothing follows the ','");
    }

    private bool SkipWord(ReadOnlySpan<byte> word)
    {
        if (!_json[_at..].StartsWith(word)) return Fail("a value is due");
        _at += word.Length;
        return true;
    }

    /// <summary>Stands on the next byte that is not white space; at the end of the text the cursor fails for the reason given.</summary>
    private bool SkipWhiteSpace(string reasonAtEnd)
    {
        if (_fault is not null) return false;
        while (_at < _json.Length)
        {
            if (!IsWhiteSpace(_json[_at])) return true;
            _at++;
        }
        return Fail(reasonAtEnd);
    }

    private static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private bool Fail(string reason)
    {
        _fault ??= reason;
        return false;
    }
}
