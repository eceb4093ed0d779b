namespace Scheduler.Core.Zones;

/// <summary>A zone, compiled: what answers say of it as a whole.</summary>
public sealed class ZoneApex
{
    internal ZoneApex(Zone zone, DomainName origin, int index, RecordSet soa)
    {
        (Zone, Origin, Index, Soa) = (zone, origin, index, soa);
        NegativeTtlS = Math.Min(soa.TtlS, zone.NegativeTtlS);
    }

    /// <summary>What the operator wrote.</summary>
    public Zone Zone { get; }

    /// <summary>Its name, in lower case.</summary>
    public DomainName Origin { get; }

    /// <summary>Its place among the zones of the table.</summary>
    public int Index { get; }

    /// <summary>Its SOA record.</summary>
    public RecordSet Soa { get; }

    /// <summary>Time for which "there is none" holds, s: the lesser of the TTL of the SOA and its MINIMUM (RFC 2308 section 3).</summary>
    public int NegativeTtlS { get; }
}
