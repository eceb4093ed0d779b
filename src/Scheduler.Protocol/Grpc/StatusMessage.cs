using System.Buffers;
using System.Globalization;
using System.Text;

namespace Scheduler.Protocol.Grpc;

/// <summary>The value of <c>grpc-message</c>: UTF-8 of which everything but printable ASCII, and the percent sign, is written as <c>%XX</c>.</summary>
public static class StatusMessage
{
    /// <summary>Longest text that is sent, bytes before they are encoded: headers have a limit.</summary>
    public const int MaxLength = 1024;

    private static readonly SearchValues<char> Plain = SearchValues.Create(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '%').ToArray());

    /// <summary>Encodes a text; one that is too long is cut between characters.</summary>
    public static string Encode(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Plain)) return text;
        var encoded = new StringBuilder(text.Length + 32);
        Span<byte> utf8 = stackalloc byte[4];
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD
        {
            int bytes = rune.EncodeToUtf8(utf8);
            if ((length += bytes) > MaxLength) break;
            if (rune.IsBmp && Plain.Contains((char)rune.Value)) encoded.Append((char)rune.Value);
            else
                foreach (byte b in utf8[..bytes]) encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return encoded.ToString();
    }

    /// <summary>Decodes a value. Whatever is no valid escape stands for itself, and bytes that are no UTF-8 become U+FFFD: a message is never lost for its form.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal)) return value;
        byte[] raw = Encoding.UTF8.GetBytes(value);
        int written = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]))
            {
                raw[written++] = (byte)((Digit(raw[i + 1]) << 4) | Digit(raw[i + 2]));
                i += 2;
            }
            else
            {
                raw[written++] = raw[i];
            }
        }
        return Encoding.UTF8.GetString(raw, 0, written);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
