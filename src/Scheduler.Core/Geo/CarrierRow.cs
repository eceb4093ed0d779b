using System.Text;

namespace Scheduler.Core.Geo;

/// <summary>One row of a list of carriers: <c>first address,last address,number,name</c>.</summary>
/// <param name="First">First address.</param>
/// <param name="Last">Last address, inclusive, of the same family, not below the first.</param>
/// <param name="Asn">Number of the autonomous system; 0 where there is none (RFC 7607).</param>
internal readonly record struct CarrierRow(IpKey First, IpKey Last, uint Asn)
{
    /// <summary>Reads a row that is not empty. Allocates only when it is wrong.</summary>
    /// <returns>Why it is wrong, one sentence without a full stop; null when it is not.</returns>
    public static string? Parse(ReadOnlySpan<byte> line, out CarrierRow row)
    {
        row = default;
        ReadOnlySpan<byte> rest = line, start = Field(ref rest), end = Field(ref rest), number = Field(ref rest);
        if (number.IsEmpty) return "not of the form \"first address,last address,number,name\"";
        if (!IpKey.TryParse(start, out IpKey first)) return $"{Quote(start)} is not an IP address";
        if (!IpKey.TryParse(end, out IpKey last)) return $"{Quote(end)} is not an IP address";
        if (!Carrier.TryParseAsn(number, out uint asn))
            return $"{Quote(number)} is not the number of an autonomous system; is this a list of places?";
        if (first.IsV4 != last.IsV4) return "the range begins in one family and ends in the other";
        if (last.CompareTo(first) < 0) return "the range ends before it begins";
        row = new CarrierRow(first, last, asn);
        return null;
    }

    /// <summary>The name in a row: all that follows the third comma, without the quotes of CSV.</summary>
    public static string NameIn(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        for (int i = 0; i < 3; i++) Field(ref rest);
        bool quoted = rest.Length >= 2 && rest[0] == '"' && rest[^1] == '"';
        return quoted ? Encoding.UTF8.GetString(rest[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal) : Encoding.UTF8.GetString(rest);
    }

    private static ReadOnlySpan<byte> Field(ref ReadOnlySpan<byte> rest)
    {
        int comma = rest.IndexOf((byte)',');
        ReadOnlySpan<byte> field = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];
        return field;
    }

    private static string Quote(ReadOnlySpan<byte> text) => $"\"{OverrideList.Quote(text)}\"";
}
