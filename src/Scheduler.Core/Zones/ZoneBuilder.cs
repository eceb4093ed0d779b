using System.Collections.Immutable;

namespace Scheduler.Core.Zones;

/// <summary>Compiles one zone into the names of a table.</summary>
internal sealed class ZoneBuilder(Zone zone, ZoneApex apex, Dictionary<DomainName, ZoneNode> nodes, ImmutableArray<SteeredTarget>.Builder steered)
{
    /// <summary>Adds all names of the zone.</summary>
    public ZoneApex Build()
    {
        var sets = new Dictionary<(DomainName Name, RecordType Type), List<byte[]>>();
        var ttls = new Dictionary<(DomainName Name, RecordType Type), int>();
        Add(apex.Origin, RecordType.Soa, apex.Soa.TtlS, apex.Soa.Data[0]);
        foreach (string server in zone.NameServers) Add(apex.Origin, RecordType.Ns, zone.TtlS, DataOf(RecordType.Ns, server));
        foreach (ZoneRecord record in zone.Records) Add(NameOf(record.Name), record.Type, record.TtlS ?? zone.TtlS, DataOf(record.Type, record.Data));
        foreach (IGrouping<DomainName, RecordSet> ofName in sets
            .Select(set => (set.Key.Name, Set: new RecordSet(set.Key.Type, ttls[set.Key], [.. set.Value])))
            .GroupBy(set => set.Name, set => set.Set))
        {
            NodeAt(ofName.Key).Sets = [.. ofName.OrderBy(set => set.Type)];
        }
        foreach (SteeredName name in zone.Steered)
        {
            ZoneNode node = NodeAt(NameOf(name.Name));
            steered.Add(new SteeredTarget(name, steered.Count, node.Name.Wire));
            node.Steered = steered[^1];
        }
        foreach (ZoneNode node in nodes.Values.Where(node => node.Apex == apex)) Connect(node);
        return apex;

        void Add(DomainName name, RecordType type, int ttl, byte[] data)
        {
            (DomainName, RecordType) key = (name.ToLower(), type);
            if (!sets.TryGetValue(key, out List<byte[]>? all)) sets[key] = all = [];
            ttls[key] = ttl;
            all.Add(data);
        }
    }

    /// <summary>The name, and all names between it and the zone's own.</summary>
    private ZoneNode NodeAt(DomainName name)
    {
        DomainName lower = name.ToLower();
        for (DomainName? above = lower; above is not null && above.IsAtOrBelow(apex.Origin); above = above.Parent)
            if (!nodes.ContainsKey(above)) nodes[above] = new ZoneNode(apex, above);
        return nodes[lower];
    }

    private void Connect(ZoneNode node)
    {
        if (node.Name.IsWildcard && nodes.TryGetValue(node.Name.Parent!, out ZoneNode? parent)) parent.Wildcard = node;
        for (DomainName? above = node.Name; above is not null && !above.Equals(apex.Origin); above = above.Parent)
            if (nodes.TryGetValue(above, out ZoneNode? cut) && cut.Find(RecordType.Ns) is not null) node.Cut = cut; // the highest delegation holds
    }

    private DomainName NameOf(string text) =>
        DomainName.TryParse(text, apex.Origin, out DomainName? name, out string? fault) ? name : throw new ArgumentException(fault, nameof(text));

    private byte[] DataOf(RecordType type, string text) =>
        RecordData.TryParse(type, text, apex.Origin, out byte[]? data, out string? fault) ? data : throw new ArgumentException(fault, nameof(text));
}
