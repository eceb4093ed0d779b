namespace Scheduler.Core.Geo;

/// <summary>Reads addresses from text, one pass, no allocation: every request that names its viewer passes here.</summary>
internal static class IpText
{
    /// <summary>Longest address: <c>0000:…:0000:255.255.255.255</c>.</summary>
    public const int MaxLength = 45;

    private const int Groups = 8;

    /// <summary>True when the whole text is one address.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpKey key)
    {
        key = default;
        if (text.Length is < 2 or > MaxLength) return false;
        if (text.Contains((byte)':')) return TryParseV6(text, out key);
        if (!TryParseV4(text, out uint v4)) return false;
        key = IpKey.FromV4(v4);
        return true;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int dots = 0, digits = 0;
        uint octet = 0;
        foreach (byte c in text)
        {
            if (c == '.')
            {
                if (digits == 0 || ++dots > 3) return false;
                address = (address << 8) | octet;
                (octet, digits) = (0, 0);
                continue;
            }
            uint digit = (uint)(c - '0');
            // A leading zero means octal to some readers and nothing to others: refused, so that nobody is located twice.
            if (digit > 9 || (digits > 0 && octet == 0)) return false;
            octet = (octet * 10) + digit;
            if (++digits > 3 || octet > 255) return false;
        }
        address = (address << 8) | octet;
        return dots == 3 && digits > 0;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out IpKey key)
    {
        key = default;
        Span<ushort> groups = stackalloc ushort[Groups];
        int count = 0, gap = Groups + 1, at = 0; // gap: number of groups before "::"; beyond the last group while there is none
        if (text.StartsWith("::"u8)) (gap, at) = (0, 2);
        while (at < text.Length)
        {
            if (count == Groups) return false;
            int length = GroupLength(text[at..], out ushort group);
            if (length == 0) return false;
            if (at + length < text.Length && text[at + length] == '.')
            {
                if (count > Groups - 2 || !TryParseV4(text[at..], out uint quad)) return false;
                groups[count++] = (ushort)(quad >> 16);
                groups[count++] = (ushort)quad;
                break;
            }
            groups[count++] = group;
            at += length;
            if (at == text.Length) break;
            if (text[at++] != ':' || at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap <= Groups) return false;
            gap = count;
            at++;
        }
        return TryAssemble(groups, count, gap, out key);
    }

    /// <summary>Length of a group of one to four hexadecimal digits; 0 when there is none.</summary>
    private static int GroupLength(ReadOnlySpan<byte> text, out ushort group)
    {
        int value = 0, length = 0;
        while (length < text.Length && char.IsAsciiHexDigit((char)text[length]))
        {
            if (length == 4)
            {
                group = 0;
                return 0;
            }
            byte c = text[length++];
            value = (value << 4) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        group = (ushort)value;
        return length;
    }

    private static bool TryAssemble(ReadOnlySpan<ushort> groups, int count, int gap, out IpKey key)
    {
        key = default;
        bool compressed = gap <= Groups;
        if (compressed ? count == Groups : count != Groups) return false;
        UInt128 value = 0;
        int zeros = Groups - count;
        for (int i = 0; i < Groups; i++)
        {
            ushort group = !compressed || i < gap ? groups[i] : i < gap + zeros ? (ushort)0 : groups[i - zeros];
            value = (value << 16) | group;
        }
        key = new IpKey(value);
        return true;
    }
}
