using System.Globalization;
using System.Net;

namespace Scheduler.Core.Topology;

/// <summary>
/// The name that players connect to: a host name (RFC 1123 section 2.1), an IPv4 address, or an IPv6 address in brackets (RFC 3986
/// section 3.2.2), each with an optional <c>:port</c>.
/// </summary>
public static class HostPort
{
    /// <summary>Longest name without port, characters (RFC 1035 section 2.3.4, as text).</summary>
    public const int MaxNameLength = 253;

    /// <summary>True when the text is a host with an optional port in [1, 65535].</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("["))
        {
            int close = text.IndexOf(']');
            return close > 0 && IsIPv6(text[1..close]) && IsOptionalPort(text[(close + 1)..]);
        }
        int colon = text.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? text : text[..colon];
        return IsOptionalPort(text[name.Length..]) && (IsIPv4(name) || IsName(name));
    }

    private static bool IsOptionalPort(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] != ':' || text.Length is < 2 or > 6 || text[1] == '0') return false;
        int port = 0;
        foreach (char c in text[1..])
        {
            if (!char.IsAsciiDigit(c)) return false;
            port = (port * 10) + (c - '0');
        }
        return port <= ushort.MaxValue;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxNameLength) return false;
        ReadOnlySpan<char> last = default;
        foreach (Range range in name.Split('.'))
        {
            last = name[range];
            if (last.Length is 0 or > 63 || last[0] == '-' || last[^1] == '-') return false;
            foreach (char c in last)
                if (!(char.IsAsciiLetterOrDigit(c) || c == '-')) return false;
        }
        // A last label of digits alone is how an address begins: "10.0.0.256" is a broken address, not a name.
        return last.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsIPv4(ReadOnlySpan<char> text)
    {
        // The library also takes "1.2" and "0x7f.1": only the dotted quad is meant here.
        int octets = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> octet = text[range];
            if (octet.Length is 0 or > 3 || octet.ContainsAnyExceptInRange('0', '9')) return false;
            if ((octet.Length > 1 && octet[0] == '0') || int.Parse(octet, CultureInfo.InvariantCulture) > byte.MaxValue) return false;
            octets++;
        }
        return octets == 4;
    }

    private static bool IsIPv6(ReadOnlySpan<char> text) =>
        text.Contains(':') && !text.Contains('%') && IPAddress.TryParse(text, out _); // % would begin a zone, which means nothing to others
}
