using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Scheduler.Core.Geo;

namespace Scheduler.Core.Zones;

/// <summary>What a record says, from the text of a zone's file to the bytes of the wire; names inside are whole and not compressed.</summary>
public static class RecordData
{
    /// <summary>Reads the text of a record.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="text">
    /// <c>192.0.2.1</c> for A, <c>2001:db8::1</c> for AAAA, a name for CNAME and NS, <c>"text" "more"</c> for TXT, <c>0 issue "ca.example"</c> for CAA,
    /// <c>1 . alpn=h2,h3 port=443 ipv4hint=192.0.2.1</c> for SVCB and HTTPS.
    /// </param>
    /// <param name="origin">What relative names are below.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="fault">What is wrong, one sentence without a full stop; null when nothing is.</param>
    public static bool TryParse(
        RecordType type, string text, DomainName origin, [NotNullWhen(true)] out byte[]? data, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        var output = new List<byte>();
        fault = text.Length > ZoneLimits.DataLength ? $"is longer than {ZoneLimits.DataLength} characters" : type switch
        {
            RecordType.A => Address(text, v4: true, output),
            RecordType.Aaaa => Address(text, v4: false, output),
            RecordType.Cname or RecordType.Ns => Name(text, origin, output),
            RecordType.Txt => Texts(text, output),
            RecordType.Caa => Issuer(text, output),
            RecordType.Svcb or RecordType.Https => ServiceBinding.Append(text, origin, output),
            _ => $"is of a type that is not written; known are {RecordTypes.Writable}",
        };
        data = fault is null ? [.. output] : null;
        return data is not null;
    }

    /// <summary>Appends an address in text.</summary>
    internal static string? Address(ReadOnlySpan<char> text, bool v4, List<byte> output)
    {
        if (!IpKey.TryParse(text, out IpKey key) || key.IsV4 != v4 || (v4 && text.Contains(':')))
            return v4 ? "must be an IPv4 address such as 192.0.2.1" : "must be an IPv6 address such as 2001:db8::1";
        IPAddress address = key.ToIPAddress();
        output.AddRange(address.GetAddressBytes());
        return null;
    }

    /// <summary>Appends a name.</summary>
    internal static string? Name(string text, DomainName origin, List<byte> output)
    {
        if (!DomainName.TryParse(text, origin, out DomainName? name, out string? fault)) return fault;
        if (name.IsWildcard) return "must be a name that there is, not *";
        output.AddRange(name.Wire);
        return null;
    }

    private static string? Texts(string text, List<byte> output)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return "must be one text or more, such as \"v=spf1 -all\"";
        while (!rest.IsEmpty)
        {
            if (CharacterString(ref rest, output) is { } fault) return fault;
            rest = rest.TrimStart();
        }
        return output.Count > ushort.MaxValue ? "is longer than a record may be" : null;
    }

    private static string? Issuer(string text, List<byte> output)
    {
        string[] parts = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 3 || !byte.TryParse(parts[0], out byte flags)) return "must be flags, a tag and a value, such as 0 issue \"ca.example\"";
        if (parts[1].Length > 15 || !parts[1].All(char.IsAsciiLetterOrDigit)) return "has a tag that is not 1 to 15 letters and digits (RFC 8659 section 4.1)";
        output.Add(flags);
        output.Add((byte)parts[1].Length);
        output.AddRange(System.Text.Encoding.ASCII.GetBytes(parts[1]));
        var value = new List<byte>();
        ReadOnlySpan<char> rest = parts[2];
        if (CharacterString(ref rest, value) is { } fault) return fault;
        if (!rest.Trim().IsEmpty) return "has more after its value; put the value in quotation marks";
        output.AddRange(value[1..]); // the value runs to the end of the record: it has no length of its own
        return null;
    }

    /// <summary>Takes one text, quoted or up to the next blank, and appends it after its length (RFC 1035 section 3.3).</summary>
    private static string? CharacterString(ref ReadOnlySpan<char> rest, List<byte> output)
    {
        bool quoted = rest[0] == '"';
        int at = quoted ? 1 : 0, length = output.Count;
        output.Add(0);
        for (; at < rest.Length; at++)
        {
            char c = rest[at];
            if (quoted ? c == '"' : c == ' ') break;
            if (c == '\\')
            {
                if (at + 3 < rest.Length && byte.TryParse(rest.Slice(at + 1, 3), System.Globalization.NumberStyles.None, null, out byte octet))
                {
                    output.Add(octet);
                    at += 3;
                    continue;
                }
                if (++at == rest.Length) return "ends in a backslash";
                c = rest[at];
            }
            if (c is < ' ' or > '~') return "has a character that is not printable ASCII; write its bytes as \\DDD";
            output.Add((byte)c);
        }
        if (quoted && at == rest.Length) return "has a quotation mark that nothing closes";
        if (output.Count - length - 1 > byte.MaxValue) return "has a text of over 255 bytes; write it as several";
        output[length] = (byte)(output.Count - length - 1);
        rest = rest[(quoted ? at + 1 : at)..];
        return null;
    }

    /// <summary>Appends a number of two bytes.</summary>
    internal static void Append(List<byte> output, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        output.AddRange(bytes);
    }
}
