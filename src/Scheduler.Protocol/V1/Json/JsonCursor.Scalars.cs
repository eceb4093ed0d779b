using System.Buffers;
using System.Globalization;

namespace Scheduler.Protocol.V1.Json;

internal ref partial struct JsonCursor
{
    /// <summary>
    /// What ends a run of plain characters in a string: a quote, an escape, or a control character, which may not stand there.
    /// </summary>
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static ReadOnlySpan<double> ExactPowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the string that <see cref="Peek"/> has shown.</summary>
    /// <param name="value">Its bytes: a slice of the text, or a new array when it has escapes.</param>
    public bool ReadString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_fault is not null) return false;
        int start = _at + 1;
        if (!SkipString(out bool escaped)) return false;
        value = _json[start..(_at - 1)];
        if (escaped) value = JsonEscapes.Resolve(value);
        return true;
    }

    /// <summary>Reads the number that <see cref="Peek"/> has shown.</summary>
    public bool ReadNumber(out JsonNumber value)
    {
        value = default;
        if (_fault is not null) return false;
        int start = _at;
        bool negative = _json[_at] == (byte)'-';
        if (negative) _at++;

        // Nineteen digits never overflow a ulong; a number with more goes to the library.
        ulong digits = 0;
        int integerStart = _at;
        ReadDigits(ref digits);
        int count = _at - integerStart;
        if (count == 0) return Fail("a digit is due");
        if (count > 1 && _json[integerStart] == (byte)'0') return Fail("a number with a leading zero");

        int exponent = 0;
        bool integral = true;
        if (_at < _json.Length && _json[_at] == (byte)'.')
        {
            integral = false;
            int fractionStart = ++_at;
            ReadDigits(ref digits);
            if (_at == fractionStart) return Fail("a digit is due");
            exponent = fractionStart - _at;
            count -= exponent;
        }
        if (_at < _json.Length && (_json[_at] | 0x20) == (byte)'e')
        {
            integral = false;
            _at++;
            if (!ReadExponent(out int written)) return false;
            exponent += written;
        }

        if (integral && count <= 19 && digits <= long.MaxValue)
            value = new JsonNumber(negative ? -(long)digits : (long)digits);
        else
            value = new JsonNumber(ToDouble(_json[start.._at], negative, digits, count, exponent));
        return true;
    }

    private static double ToDouble(ReadOnlySpan<byte> text, bool negative, ulong digits, int count, int exponent)
    {
        // Where the digits and the power of ten are both exact in a double, one operation rounds once, so it rounds rightly (Clinger 1990).
        if (count <= 19 && digits <= 1UL << 53 && exponent is >= -22 and <= 22)
        {
            double magnitude = exponent < 0 ? digits / ExactPowersOfTen[-exponent] : digits * ExactPowersOfTen[exponent];
            return negative ? -magnitude : magnitude;
        }
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void ReadDigits(ref ulong digits)
    {
        while (_at < _json.Length)
        {
            uint digit = (uint)_json[_at] - '0';
            if (digit > 9) break;
            digits = (digits * 10) + digit;
            _at++;
        }
    }

    private bool ReadExponent(out int exponent)
    {
        exponent = 0;
        bool negative = _at < _json.Length && _json[_at] == (byte)'-';
        if (_at < _json.Length && _json[_at] is (byte)'+' or (byte)'-') _at++;
        int start = _at;
        while (_at < _json.Length && _json[_at] is >= (byte)'0' and <= (byte)'9')
        {
            // Beyond this a double is infinite or zero for any digits that fit into a body; the library decides which.
            if (exponent < 100_000_000) exponent = (exponent * 10) + (_json[_at] - '0');
            _at++;
        }
        if (negative) exponent = -exponent;
        return _at > start || Fail("a digit is due");
    }

    private bool SkipString() => SkipString(out _);

    private bool SkipString(out bool escaped)
    {
        escaped = false;
        _at++;
        while (true)
        {
            int run = _json[_at..].IndexOfAny(StringStops);
            if (run < 0)
            {
                _at = _json.Length;
                return Fail("the text ends within a string");
            }
            _at += run;
            if (_json[_at] == (byte)'"')
            {
                _at++;
                return true;
            }
            if (_json[_at] != (byte)'\\') return Fail("a control character in a string");
            escaped = true;
            int length = JsonEscapes.LengthOf(_json[_at..]);
            if (length == 0) return Fail("not a valid escape");
            _at += length;
        }
    }
}
