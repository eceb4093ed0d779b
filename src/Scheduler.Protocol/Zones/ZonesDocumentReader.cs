using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Protocol.Zones;

/// <summary>Turns the values of a document into zones, whatever the document was written in.</summary>
internal sealed class ZonesDocumentReader
{
    private static readonly string[] RootMembers = ["zones"];
    private static readonly string[] ZoneMembers = ["origin", "name_servers", "hostmaster", "ttl", "negative_ttl", "client_subnet", "records", "steered"];
    private static readonly string[] RecordMembers = ["name", "type", "ttl", "data"];
    private static readonly string[] SteeredMembers = ["name", "class", "protocols", "nodes", "least_ttl", "most_ttl", "alpn"];

    private readonly DocumentProblems _problems = new();

    /// <summary>Reads zones.</summary>
    /// <param name="document">The document; null when it could not be read.</param>
    /// <param name="fault">Why it could not; null when it could.</param>
    /// <param name="policy">The policy that they must fit; null when it is not known.</param>
    public static DocumentReadResult<ZoneSet> Read(DocumentValue? document, DocumentFault? fault, Policy? policy)
    {
        if (document is null) return Refuse(fault!.Position, fault.Reason);
        if (document is not DocumentMapping root) return Refuse(document.Position, "must be a mapping with zones, a list");
        return new ZonesDocumentReader().Read(root, policy);
    }

    private static DocumentReadResult<ZoneSet> Refuse(DocumentPosition position, string reason) =>
        new([new DocumentProblem(position.Line, position.Column, "", reason)]);

    private DocumentReadResult<ZoneSet> Read(DocumentMapping root, Policy? policy)
    {
        var zones = ImmutableArray.CreateBuilder<Zone>();
        var members = new MemberReader(root, FieldPath.Root, _problems, RootMembers);
        members.ForEach("zones", required: false, (value, path) => zones.Add(ReadZone(value, path)));
        members.Close();

        // What is wrong by itself and what is wrong between the parts is told at once: the second is looked for even after the first.
        var set = new ZoneSet(zones.ToImmutable());
        var found = new FleetProblems();
        ZonesValidator.Validate(set, policy, found);
        _problems.AddAll(found, root);
        return _problems.IsEmpty ? new DocumentReadResult<ZoneSet>(set) : new DocumentReadResult<ZoneSet>(_problems.ToImmutable());
    }

    private Zone ReadZone(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, ZoneMembers);
        var records = ImmutableArray.CreateBuilder<ZoneRecord>();
        var steered = ImmutableArray.CreateBuilder<SteeredName>();
        string origin = members.Text("origin");
        ImmutableArray<string> servers = Texts(members, "name_servers");
        string hostmaster = members.Text("hostmaster");
        int ttl = Seconds(members, "ttl") ?? Zone.DefaultTtlS, negative = Seconds(members, "negative_ttl") ?? Zone.DefaultNegativeTtlS;
        bool subnet = members.TruthIfAny("client_subnet") ?? false;
        members.ForEach("records", required: false, (item, at) => records.Add(ReadRecord(item, at)));
        members.ForEach("steered", required: false, (item, at) => steered.Add(ReadSteered(item, at)));
        members.Close();
        return new Zone(origin, servers, hostmaster, ttl, negative, subnet, records.ToImmutable(), steered.ToImmutable());
    }

    private ZoneRecord ReadRecord(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, RecordMembers);
        string name = members.Text("name"), type = members.Text("type");
        int? ttl = Seconds(members, "ttl");
        string data = members.Text("data");
        members.Close();
        if (type.Length > 0 && (RecordTypes.Find(type) is not { } known || !RecordTypes.IsWritable(known)))
            _problems.Add(value.Position, path.Member("type"), $"must be one of {RecordTypes.Writable}");
        return new ZoneRecord(name, RecordTypes.Find(type) ?? RecordType.None, ttl, data);
    }

    private SteeredName ReadSteered(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, SteeredMembers);
        string name = members.Text("name"), streamClass = members.TextIfAny("class") ?? StreamClassifier.Default;
        StreamProtocols protocols = members.Has("protocols") ? members.Flags("protocols", FleetWords.Protocols, (a, b) => a | b) : StreamProtocols.None;
        int nodes = members.WholeIfAny("nodes") ?? SteeredName.DefaultNodes;
        int least = Seconds(members, "least_ttl") ?? ZoneLimits.LeastSteeredTtlS, most = Seconds(members, "most_ttl") ?? ZoneLimits.MostSteeredTtlS;
        ImmutableArray<string> alpn = Texts(members, "alpn");
        members.Close();
        return new SteeredName(name, streamClass, protocols, nodes, least, most, alpn);
    }

    /// <summary>Whole seconds; null when it is not there, and after a problem.</summary>
    private int? Seconds(MemberReader members, string name)
    {
        if (members.Seconds(name, required: false) is not { } seconds) return null;
        return double.IsInteger(seconds) && Math.Abs(seconds) <= int.MaxValue ? (int)seconds : -1; // which the validator refuses, with the range
    }

    /// <summary>A list of texts; empty when it is not there.</summary>
    private ImmutableArray<string> Texts(MemberReader members, string name)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        members.ForEach(name, required: false, (item, path) =>
        {
            if (MemberReader.AsText(item) is null && !_problems.Covers(path.ToString())) _problems.Add(item.Position, path, "must be text");
            texts.Add(MemberReader.AsText(item) ?? ""); // in its place all the same: the positions of those that follow still hold
        });
        return texts.ToImmutable();
    }

    /// <summary>The members of an item. One that is no mapping is one problem, and counts as an empty one; what it lacks is then told to nobody.</summary>
    private MemberReader Open(DocumentValue value, FieldPath path, string[] known)
    {
        if (value is DocumentMapping mapping) return new MemberReader(mapping, path, _problems, known);
        _problems.Add(value.Position, path, "must be a mapping");
        return new MemberReader(new DocumentMapping(value.Position), path, new DocumentProblems(), known);
    }
}
