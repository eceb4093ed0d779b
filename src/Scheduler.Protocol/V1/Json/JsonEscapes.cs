using System.Buffers.Text;
using System.Text;

namespace Scheduler.Protocol.V1.Json;

/// <summary>Escapes in JSON strings (RFC 8259, section 7).</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// Length of the escape at the start of a text, bytes: 2, 6 or, for a surrogate pair, 12; 0 when it is not a valid one.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2) return 0;
        if (text[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t') return 2;
        if (!TryCodeUnit(text, out char first) || char.IsLowSurrogate(first)) return 0;
        if (!char.IsHighSurrogate(first)) return 6;
        return TryCodeUnit(text[6..], out char second) && char.IsLowSurrogate(second) ? 12 : 0;
    }

    /// <summary>Resolves the escapes of a string whose escapes are all valid.</summary>
    /// <param name="raw">Bytes between the quotes.</param>
    public static byte[] Resolve(ReadOnlySpan<byte> raw)
    {
        byte[] resolved = new byte[raw.Length]; // an escape is never shorter than what it stands for
        int written = 0;
        while (!raw.IsEmpty)
        {
            int length = 1;
            if (raw[0] != (byte)'\\')
            {
                resolved[written++] = raw[0];
            }
            else
            {
                length = LengthOf(raw);
                if (length == 2) resolved[written++] = Single(raw[1]);
                else written += CodePoint(raw, length).EncodeToUtf8(resolved.AsSpan(written));
            }
            raw = raw[length..];
        }
        return resolved[..written];
    }

    private static byte Single(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static Rune CodePoint(ReadOnlySpan<byte> escape, int length)
    {
        _ = TryCodeUnit(escape, out char first);
        if (length == 6) return new Rune(first);
        _ = TryCodeUnit(escape[6..], out char second);
        return new Rune(first, second);
    }

    private static bool TryCodeUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 6 || text[0] != (byte)'\\' || text[1] != (byte)'u') return false;
        if (!Utf8Parser.TryParse(text.Slice(2, 4), out ushort value, out int consumed, 'x') || consumed != 4) return false;
        unit = (char)value;
        return true;
    }
}
