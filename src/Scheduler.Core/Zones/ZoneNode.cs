namespace Scheduler.Core.Zones;

/// <summary>A name of a zone, compiled. One without records and without a steered name is there because names below it are (RFC 8020).</summary>
public sealed class ZoneNode
{
    internal ZoneNode(ZoneApex apex, DomainName name) => (Apex, Name) = (apex, name);

    /// <summary>The zone it is in.</summary>
    public ZoneApex Apex { get; }

    /// <summary>The name, in lower case.</summary>
    public DomainName Name { get; }

    /// <summary>Its records, by type.</summary>
    public RecordSet[] Sets { get; internal set; } = [];

    /// <summary>Set when the name is answered by the decision.</summary>
    public SteeredTarget? Steered { get; internal set; }

    /// <summary>What stands for names right below it that there are not (RFC 4592); null without a wildcard.</summary>
    public ZoneNode? Wildcard { get; internal set; }

    /// <summary>The delegation that it is at or below; null when the zone answers for it.</summary>
    public ZoneNode? Cut { get; internal set; }

    /// <summary>Its records of a type; null when there are none.</summary>
    public RecordSet? Find(RecordType type)
    {
        foreach (RecordSet set in Sets)
            if (set.Type == type) return set;
        return null;
    }
}
