using Scheduler.Core.Policies;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Zones;

/// <summary>The rules for one zone.</summary>
internal sealed class ZoneRules(
    Zone zone, DomainName origin, string path, IReadOnlyCollection<DomainName> origins, Policy? policy, FleetProblems problems)
{
    private readonly Dictionary<DomainName, string> _aliases = [];
    private readonly Dictionary<DomainName, string> _others = [];
    private readonly Dictionary<DomainName, string> _cuts = [];
    private readonly Dictionary<(DomainName Name, RecordType Type), (int? TtlS, string Path)> _sets = [];
    private readonly HashSet<(DomainName Name, RecordType Type, string Data)> _seen = [];
    private readonly HashSet<DomainName> _addressed = [];

    public void Check()
    {
        CheckRange("ttl", zone.TtlS, 0, ZoneLimits.TtlS);
        CheckRange("negative_ttl", zone.NegativeTtlS, 0, ZoneLimits.NegativeTtlS);
        if (ZoneTable.MailboxOf(zone.Hostmaster, origin) is null)
            problems.Add($"{path}.hostmaster", "must be a mailbox such as hostmaster@example.com, without dots before the @");
        if (zone.Records.Length > ZoneLimits.Records) problems.Add($"{path}.records", $"has {zone.Records.Length} entries; a zone has at most {ZoneLimits.Records}");
        if (zone.Steered.Length > ZoneLimits.Steered) problems.Add($"{path}.steered", $"has {zone.Steered.Length} entries; a zone has at most {ZoneLimits.Steered}");
        for (int i = 0; i < Math.Min(zone.Records.Length, ZoneLimits.Records); i++) CheckRecord(zone.Records[i], $"{path}.records[{i}]");
        for (int i = 0; i < Math.Min(zone.Steered.Length, ZoneLimits.Steered); i++) CheckSteered(zone.Steered[i], $"{path}.steered[{i}]");
        CheckServers();
        foreach ((DomainName name, string at) in _aliases)
            if (_others.TryGetValue(name, out string? other)) problems.Add($"{at}.name", $"has a CNAME, beside which there may be nothing, and {other}");
        foreach ((DomainName name, RecordType type) in _sets.Keys)
            if (CutOver(name) is { } cut && (!name.Equals(cut) || type != RecordType.Ns) && !(type is RecordType.A or RecordType.Aaaa))
                problems.Add($"{_sets[(name, type)].Path}.name", $"is delegated to other servers by {_cuts[cut]}, which answer for it");
    }

    private void CheckRecord(ZoneRecord record, string at)
    {
        if (!RecordTypes.IsWritable(record.Type)) problems.Add($"{at}.type", $"must be one of {RecordTypes.Writable}");
        if (record.TtlS is { } ttl && (ttl < 0 || ttl > ZoneLimits.TtlS)) problems.Add($"{at}.ttl", $"must be in [0, {ZoneLimits.TtlS}]");
        DomainName? name = NameOf(record.Name, $"{at}.name");
        if (!RecordTypes.IsWritable(record.Type)) return;
        if (!RecordData.TryParse(record.Type, record.Data, origin, out byte[]? data, out string? fault)) problems.Add($"{at}.data", fault);
        else if (Forgotten(record)) problems.Add($"{at}.data", $"ends in the zone's own name without a dot, and so means {record.Data}.{origin}; write {record.Data}. or leave the zone's name out");
        if (name is null) return;
        Note(record, name, data, at);
    }

    private void Note(ZoneRecord record, DomainName name, byte[]? data, string at)
    {
        bool isApex = name.Equals(origin);
        if (record.Type == RecordType.Ns && isApex) problems.Add($"{at}.type", "must not be NS at the zone's own name: name its servers in name_servers");
        if (record.Type == RecordType.Ns && name.IsWildcard) problems.Add($"{at}.name", "delegates *, which no resolver understands");
        if (record.Type == RecordType.Cname && isApex) problems.Add($"{at}.type", "must not be CNAME at the zone's own name, which has other records");
        if (record.Type == RecordType.Cname) _aliases.TryAdd(name, at);
        else _others.TryAdd(name, $"{RecordTypes.Show(record.Type)} of {at}");
        if (record.Type == RecordType.Ns && !isApex) _cuts.TryAdd(name, at);
        if (record.Type is RecordType.A or RecordType.Aaaa) _addressed.Add(name);
        if (!_sets.TryAdd((name, record.Type), (record.TtlS, at)))
        {
            (int? ttl, string first) = _sets[(name, record.Type)];
            if (record.Type == RecordType.Cname) problems.Add(at, $"is a second CNAME beside {first}");
            else if (ttl != record.TtlS) problems.Add($"{at}.ttl", $"must be that of {first}: records of one name and type have one (RFC 2181 section 5.2)");
        }
        if (data is not null && !_seen.Add((name, record.Type, Convert.ToHexString(data)))) problems.Add(at, "is there twice");
    }

    private void CheckSteered(SteeredName steered, string at)
    {
        CheckAt($"{at}.nodes", steered.Nodes, 1, ZoneLimits.Nodes);
        CheckAt($"{at}.least_ttl", steered.LeastTtlS, ZoneLimits.LeastSteeredTtlS, ZoneLimits.MostSteeredTtlS);
        CheckAt($"{at}.most_ttl", steered.MostTtlS, ZoneLimits.LeastSteeredTtlS, ZoneLimits.MostSteeredTtlS);
        if (steered.MostTtlS < steered.LeastTtlS) problems.Add($"{at}.most_ttl", "must be at least least_ttl");
        if (policy is not null && steered.Class != StreamClassifier.Default && policy.Classes.All(known => known.Id != steered.Class))
            problems.Add($"{at}.class", $"names no class of the policy: {FleetText.Quote(steered.Class)}");
        for (int i = 0; i < steered.Alpn.Length; i++)
            if (ServiceBinding.Protocol(steered.Alpn[i], []) is { } fault) problems.Add($"{at}.alpn[{i}]", fault);
        if (NameOf(steered.Name, $"{at}.name") is not { } name) return;
        if (_others.TryGetValue(name, out string? other) && (_sets.ContainsKey((name, RecordType.A)) || _sets.ContainsKey((name, RecordType.Aaaa)) || _sets.ContainsKey((name, RecordType.Https))))
            problems.Add($"{at}.name", $"is answered by the decision and has {other} as well");
        else if (other is not null && other.StartsWith("a steered", StringComparison.Ordinal)) problems.Add($"{at}.name", $"is {other} too");
        _others[name] = $"a steered name of {at}";
        _addressed.Add(name);
        if (CutOver(name) is { } cut) problems.Add($"{at}.name", $"is delegated to other servers by {_cuts[cut]}");
    }

    private void CheckServers()
    {
        if (zone.NameServers.Length is 0 or > ZoneLimits.NameServers) problems.Add($"{path}.name_servers", $"must have 1 to {ZoneLimits.NameServers} names");
        for (int i = 0; i < Math.Min(zone.NameServers.Length, ZoneLimits.NameServers); i++)
        {
            string at = $"{path}.name_servers[{i}]";
            if (!DomainName.TryParse(zone.NameServers[i], origin, out DomainName? server, out string? fault)) problems.Add(at, fault);
            else if (server.IsWildcard) problems.Add(at, "must be a name that there is, not *");
            else if (EndsInOrigin(zone.NameServers[i])) problems.Add(at, "ends in the zone's own name without a dot; add the dot or leave the zone's name out");
            else if (server.IsAtOrBelow(origin) && _aliases.ContainsKey(server)) problems.Add(at, "must not be an alias (RFC 2181 section 10.3)");
            else if (server.IsAtOrBelow(origin) && !_addressed.Contains(server)) problems.Add(at, $"has no address: the zone needs a record A or AAAA of {server}");
        }
    }

    /// <summary>A name of the zone, and whether it may stand in it.</summary>
    private DomainName? NameOf(string text, string at)
    {
        if (!DomainName.TryParse(text, origin, out DomainName? name, out string? fault))
        {
            problems.Add(at, fault);
            return null;
        }
        if (EndsInOrigin(text)) problems.Add(at, $"ends in the zone's own name without a dot, and so means {text}.{origin}; add the dot or leave the zone's name out");
        else if (!name.IsAtOrBelow(origin)) problems.Add(at, $"is not in the zone {origin}");
        else if (origins.FirstOrDefault(other => !other.Equals(origin) && other.IsAtOrBelow(origin) && name.IsAtOrBelow(other)) is { } inner)
            problems.Add(at, $"is in the zone {inner}, which is served here too");
        else return name;
        return null;
    }

    private bool Forgotten(ZoneRecord record) => record.Type is RecordType.Cname or RecordType.Ns && EndsInOrigin(record.Data);

    private bool EndsInOrigin(string text)
    {
        string own = origin.ToString()[..^1];
        return !text.EndsWith('.') && (text.Equals(own, StringComparison.OrdinalIgnoreCase) || text.EndsWith("." + own, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The delegated name that a name is at or below; null when it is at none.</summary>
    private DomainName? CutOver(DomainName name)
    {
        for (DomainName? above = name; above is not null; above = above.Parent)
            if (_cuts.ContainsKey(above)) return above;
        return null;
    }

    private void CheckRange(string member, int value, int least, int most) => CheckAt($"{path}.{member}", value, least, most);

    private void CheckAt(string at, int value, int least, int most)
    {
        if (value < least || value > most) problems.Add(at, $"must be in [{least}, {most}]");
    }
}
