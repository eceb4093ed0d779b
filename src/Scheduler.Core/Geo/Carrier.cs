using System.Globalization;

namespace Scheduler.Core.Geo;

/// <summary>
/// The network that carries a viewer's traffic, as its autonomous system: an access provider, a mobile network, a university. It is not
/// called operator, because that is who runs the scheduler.
/// </summary>
/// <param name="Asn">Number of the autonomous system, over 0: 0 stands for networks that are not routed (RFC 7607).</param>
/// <param name="Name">Name of the organisation, for people; empty when the database has none.</param>
public sealed record Carrier(uint Asn, string Name)
{
    /// <summary>
    /// Reads the carrier from a record, with the keys of GeoIP2 (<c>autonomous_system_number</c>, <c>autonomous_system_organization</c>, at
    /// the top or under <c>traits</c>) or flat ones (<c>asn</c> as a number or as <c>AS5089</c>; <c>as_name</c>, <c>organization</c>,
    /// <c>org</c> or <c>name</c>).
    /// </summary>
    /// <param name="record">A decoded record.</param>
    /// <returns>Null when the record names no autonomous system.</returns>
    public static Carrier? From(MmdbValue record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.TryGet("traits", out MmdbValue? traits) && From(traits) is { } inner) return inner;
        if (AsnOf(record) is not { } asn) return null;
        foreach (string key in (ReadOnlySpan<string>)["autonomous_system_organization", "as_name", "organization", "org", "name"])
            if (record.TryGet(key, out MmdbValue? name) && name.TryGetText(out string? text)) return new Carrier(asn, text);
        return new Carrier(asn, "");
    }

    /// <summary>Reads a number of an autonomous system, with or without <c>AS</c> before it.</summary>
    /// <returns>False when the text is no number of 32 bits.</returns>
    internal static bool TryParseAsn(ReadOnlySpan<byte> utf8, out uint asn)
    {
        ReadOnlySpan<byte> digits = utf8.StartsWith("AS"u8) ? utf8[2..] : utf8;
        return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out asn);
    }

    private static uint? AsnOf(MmdbValue record)
    {
        foreach (string key in (ReadOnlySpan<string>)["autonomous_system_number", "asn"])
        {
            if (!record.TryGet(key, out MmdbValue? value)) continue;
            if (value.TryGetUnsigned(out UInt128 number) && number > 0 && number <= uint.MaxValue) return (uint)number;
            if (value.TryGetText(out string? text) && TryParseAsn(System.Text.Encoding.UTF8.GetBytes(text), out uint asn) && asn > 0) return asn;
        }
        return null;
    }
}
