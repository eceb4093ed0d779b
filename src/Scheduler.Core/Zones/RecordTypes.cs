namespace Scheduler.Core.Zones;

/// <summary>Names of record types in documents, in the order of their numbers.</summary>
public static class RecordTypes
{
    private static readonly (RecordType Type, string Name)[] Names =
    [
        (RecordType.A, "A"), (RecordType.Ns, "NS"), (RecordType.Cname, "CNAME"), (RecordType.Soa, "SOA"), (RecordType.Txt, "TXT"),
        (RecordType.Aaaa, "AAAA"), (RecordType.Svcb, "SVCB"), (RecordType.Https, "HTTPS"), (RecordType.Any, "ANY"), (RecordType.Caa, "CAA"),
    ];

    /// <summary>Types that a zone's document may give records of, for a reason.</summary>
    public static string Writable { get; } = string.Join(", ", Names.Where(known => IsWritable(known.Type)).Select(known => known.Name));

    /// <summary>True for a type that a zone's document may give records of.</summary>
    public static bool IsWritable(RecordType type) => type is not (RecordType.Soa or RecordType.Any) && NameOf(type) is not null;

    /// <summary>The name of a type, else its number as <c>TYPE123</c> (RFC 3597 section 5).</summary>
    public static string Show(RecordType type) => NameOf(type) ?? FormattableString.Invariant($"TYPE{(int)type}");

    /// <summary>The type of a name, in either case, or of <c>TYPE123</c>; null when there is none.</summary>
    public static RecordType? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((RecordType type, string known) in Names)
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase)) return type;
        return name.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(name.AsSpan(4), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort number)
            ? (RecordType)number
            : null;
    }

    private static string? NameOf(RecordType type)
    {
        foreach ((RecordType known, string name) in Names)
            if (known == type) return name;
        return null;
    }
}
