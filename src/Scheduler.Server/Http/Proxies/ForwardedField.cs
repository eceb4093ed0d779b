using Scheduler.Core.Geo;

namespace Scheduler.Server.Http.Proxies;

/// <summary>
/// Reads one line of <c>X-Forwarded-For</c> or <c>Forwarded</c> (RFC 7239) from its right end. What stands further left was written further away, in
/// the end by the viewer: whatever is there, an open quote too, must not change how the elements right of it are read. Allocates nothing.
/// </summary>
internal static class ForwardedField
{
    /// <summary>Name of the header that lists addresses alone.</summary>
    public const string XForwardedFor = "x-forwarded-for";

    /// <summary>Name of the header of RFC 7239.</summary>
    public const string Forwarded = "forwarded";

    private const int MostPortDigits = 5;

    /// <summary>Takes the right-most element off a line. Time is linear in what is taken.</summary>
    /// <param name="line">The line; afterwards what is left of the element's comma.</param>
    /// <param name="hasQuotes">True for <c>Forwarded</c>, where a comma inside quotes separates nothing.</param>
    /// <param name="element">The element without white space around it; empty elements, which lists may have, are passed over.</param>
    /// <returns>False when nothing is left.</returns>
    public static bool TryTakeLast(ref ReadOnlySpan<char> line, bool hasQuotes, out ReadOnlySpan<char> element)
    {
        do
        {
            if (line.IsEmpty)
            {
                element = default;
                return false;
            }
            int comma = hasQuotes ? LastCommaOutsideQuotes(line) : line.LastIndexOf(',');
            element = line[(comma + 1)..].Trim(" \t");
            line = comma < 0 ? default : line[..comma];
        }
        while (element.IsEmpty);
        return true;
    }

    /// <summary>Reads the address of an element: of <c>X-Forwarded-For</c> itself, of <c>Forwarded</c> what its one <c>for=</c> says.</summary>
    /// <param name="element">An element, as <see cref="TryTakeLast"/> gives it.</param>
    /// <param name="hasQuotes">True for <c>Forwarded</c>.</param>
    /// <param name="address">The address, without its port.</param>
    /// <returns>False for what names no address: <c>unknown</c>, an obfuscated <c>_name</c>, or what breaks the grammar.</returns>
    public static bool TryReadAddress(ReadOnlySpan<char> element, bool hasQuotes, out IpKey address)
    {
        if (!hasQuotes) return TryReadNode(element, out address);
        address = default;
        bool found = false;
        while (!element.IsEmpty)
        {
            if (!TryTakePair(ref element, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)) return false;
            if (!name.Equals("for", StringComparison.OrdinalIgnoreCase)) continue;
            // Two words on who sent it are none.
            if (found || !TryReadNode(value, out address)) return false;
            found = true;
        }
        return found;
    }

    /// <summary>Takes <c>name=value</c> up to the next semicolon; an empty pair has an empty name.</summary>
    private static bool TryTakePair(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        int end = rest.IndexOfAny(';', '"');
        if (end >= 0 && rest[end] == '"')
        {
            int close = rest[(end + 1)..].IndexOf('"');
            int equals = rest[..end].IndexOf('=');
            // The quotes hold the whole value. No address needs a backslash: one inside, which may have escaped the quote, ends the reading.
            if (close < 0 || equals < 0 || equals != end - 1) return false;
            name = rest[..equals].Trim(" \t");
            value = rest.Slice(end + 1, close);
            rest = rest[(end + close + 2)..].TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ';') return false;
            rest = rest.IsEmpty ? rest : rest[1..];
            return !value.Contains('\\') && !name.IsEmpty;
        }
        ReadOnlySpan<char> pair = (end < 0 ? rest : rest[..end]).Trim(" \t");
        rest = end < 0 ? default : rest[(end + 1)..];
        if (pair.IsEmpty) return true;
        int sign = pair.IndexOf('=');
        if (sign <= 0) return false;
        name = pair[..sign];
        value = pair[(sign + 1)..];
        return true;
    }

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:80</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> or <c>[2001:db8::1]:80</c>; a port may be obfuscated.</summary>
    private static bool TryReadNode(ReadOnlySpan<char> node, out IpKey address)
    {
        address = default;
        if (node.IsEmpty) return false;
        if (node[0] == '[')
        {
            int close = node.IndexOf(']');
            if (close < 0 || !node[..close].Contains(':')) return false;
            ReadOnlySpan<char> after = node[(close + 1)..];
            return (after.IsEmpty || (after[0] == ':' && IsPort(after[1..]))) && IpKey.TryParse(node[1..close], out address);
        }
        int colon = node.IndexOf(':');
        // One colon is before a port; IPv6 has two at least.
        if (colon >= 0 && !node[(colon + 1)..].Contains(':')) return IsPort(node[(colon + 1)..]) && IpKey.TryParse(node[..colon], out address);
        return IpKey.TryParse(node, out address);
    }

    private static bool IsPort(ReadOnlySpan<char> port)
    {
        if (port.IsEmpty) return false;
        if (port[0] != '_') return port.Length <= MostPortDigits && !port.ContainsAnyExceptInRange('0', '9');
        foreach (char letter in port[1..])
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-')) return false;
        return port.Length > 1;
    }

    /// <summary>The last comma that is not inside a quoted string, read from the right; -1 when there is none.</summary>
    private static int LastCommaOutsideQuotes(ReadOnlySpan<char> line)
    {
        bool inside = false;
        for (int at = line.Length - 1; at >= 0; at--)
        {
            if (line[at] == ',' && !inside) return at;
            if (line[at] == '"' && !(inside && IsEscaped(line, ref at))) inside = !inside;
        }
        return -1;
    }

    /// <summary>True when an odd number of backslashes stands before a quote; the position moves to the first of an odd run, so that none is read twice.</summary>
    private static bool IsEscaped(ReadOnlySpan<char> line, ref int at)
    {
        int first = at;
        while (first > 0 && line[first - 1] == '\\') first--;
        if ((at - first) % 2 == 0) return false;
        at = first;
        return true;
    }
}
