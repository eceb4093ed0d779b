using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>Turns the values of a document into a fleet, whatever the document was written in.</summary>
internal sealed class FleetDocumentReader
{
    private static readonly string[] FleetMembers = ["regions", "tariffs", "sites", "links", "urls"];
    private static readonly string[] RegionMembers = ["id", "name"];
    private static readonly string[] TariffMembers = ["id", "price_per_mbps", "billing", "commit_bps", "ingress_per_mbps"];
    private static readonly string[] SiteMembers =
    [
        "id", "kind", "region", "place", "country", "latitude", "longitude", "egress_cap_bps", "tariff", "upstreams", "labels", "nodes",
    ];
    private static readonly string[] NodeMembers = ["id", "capacity_bps", "roles", "protocols", "host", "ipv4", "ipv6", "labels"];
    private static readonly string[] LinkMembers = ["pop", "idc", "capacity_bps", "price_per_mbps"];

    private readonly DocumentProblems _problems = new();
    private readonly ImmutableArray<Region>.Builder _regions = ImmutableArray.CreateBuilder<Region>();
    private readonly ImmutableArray<Tariff>.Builder _tariffs = ImmutableArray.CreateBuilder<Tariff>();
    private readonly ImmutableArray<Site>.Builder _sites = ImmutableArray.CreateBuilder<Site>();
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableArray<BackhaulLink>.Builder _links = ImmutableArray.CreateBuilder<BackhaulLink>();
    private readonly SortedDictionary<StreamProtocols, string> _urls = [];
    private readonly List<FieldPath> _nodePaths = [];

    /// <summary>Reads a fleet.</summary>
    /// <param name="document">The document; null when it could not be read.</param>
    /// <param name="fault">Why it could not; null when it could.</param>
    public static DocumentReadResult<Fleet> Read(DocumentValue? document, DocumentFault? fault)
    {
        if (document is null) return Refuse(fault!.Position, fault.Reason);
        if (document is not DocumentMapping root) return Refuse(document.Position, "must be a mapping with regions, tariffs and sites");
        return new FleetDocumentReader().Read(root);
    }

    private static DocumentReadResult<Fleet> Refuse(DocumentPosition position, string reason) =>
        new([new DocumentProblem(position.Line, position.Column, "", reason)]);

    private DocumentReadResult<Fleet> Read(DocumentMapping root)
    {
        var members = new MemberReader(root, FieldPath.Root, _problems, FleetMembers);
        members.ForEach("regions", required: true, (value, path) => _regions.Add(ReadRegion(value, path)));
        members.ForEach("tariffs", required: true, (value, path) => _tariffs.Add(ReadTariff(value, path)));
        members.ForEach("sites", required: true, (value, path) => _sites.Add(ReadSite(value, path)));
        members.ForEach("links", required: false, (value, path) => _links.Add(ReadLink(value, path)));
        members.ForEachText("urls", ReadUrl, most: FleetLimits.Labels); // there are six protocols; some more may be misspelt
        members.Close();

        // What is wrong by itself and what is wrong between the parts is told at once: the second is looked for even after the first.
        var fleet = new Fleet(
            _regions.ToImmutable(), _tariffs.ToImmutable(), _sites.ToImmutable(), _nodes.ToImmutable(), _links.ToImmutable(),
            ImmutableSortedDictionary.CreateRange(_urls));
        var found = new FleetProblems();
        FleetValidator.Validate(fleet, found, node => _nodePaths[node].ToString());
        _problems.AddAll(found, root);
        return _problems.IsEmpty ? new DocumentReadResult<Fleet>(FleetValidator.Canonical(fleet)) : new DocumentReadResult<Fleet>(_problems.ToImmutable());
    }

    private Region ReadRegion(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, RegionMembers);
        var region = new Region(members.Text("id"), members.Text("name"));
        members.Close();
        return region;
    }

    private Tariff ReadTariff(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, TariffMembers);
        var tariff = new Tariff(
            members.Text("id"), members.Number("price_per_mbps"), members.Word("billing", FleetWords.Billings),
            members.BitRate("commit_bps", required: false) ?? BitRate.Zero)
        {
            IngressPerMbps = members.Number("ingress_per_mbps", required: false) ?? 0,
        };
        members.Close();
        return tariff;
    }

    private Site ReadSite(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, SiteMembers);
        string id = members.Text("id");
        var site = new Site(
            id, members.Word("kind", FleetWords.Kinds), members.Text("region"), members.Text("place"), members.Text("country"),
            new GeoPoint(members.Number("latitude"), members.Number("longitude")), members.BitRate("egress_cap_bps", required: false),
            members.Text("tariff"), ReadUpstreams(members), members.LabelSet("labels"));
        members.ForEach("nodes", required: false, (item, itemPath) => _nodes.Add(ReadNode(item, itemPath, id)));
        members.Close();
        return site;
    }

    private ImmutableArray<string> ReadUpstreams(MemberReader members)
    {
        ImmutableArray<string>.Builder upstreams = ImmutableArray.CreateBuilder<string>();
        members.ForEach("upstreams", required: false, (item, path) =>
        {
            string? id = MemberReader.AsText(item);
            if (id is null) _problems.Add(item.Position, path, "must be text");
            upstreams.Add(id ?? ""); // keeps the positions of those that follow
        });
        return upstreams.ToImmutable();
    }

    private Node ReadNode(DocumentValue value, FieldPath path, string site)
    {
        _nodePaths.Add(path);
        MemberReader members = Open(value, path, NodeMembers);
        var node = new Node(
            members.Text("id"), site, members.BitRate("capacity_bps", required: true) ?? BitRate.Zero,
            members.Flags("roles", FleetWords.Roles, static (all, role) => all | role),
            members.Flags("protocols", FleetWords.Protocols, static (all, protocol) => all | protocol),
            members.Text("host"), members.Address("ipv4"), members.Address("ipv6"), members.LabelSet("labels"));
        members.Close();
        return node;
    }

    private BackhaulLink ReadLink(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, LinkMembers);
        var link = new BackhaulLink(
            members.Text("pop"), members.Text("idc"),
            members.BitRate("capacity_bps", required: true) ?? BitRate.Zero, members.Number("price_per_mbps"));
        members.Close();
        return link;
    }

    private void ReadUrl(DocumentMember member, string template)
    {
        if (FleetWords.Protocols.Find(member.Name) is StreamProtocols protocol) _urls.Add(protocol, template);
        else _problems.Add(member.Position, FieldPath.Root.Member("urls").Member(member.Name), $"must be one of {FleetWords.Protocols.All}");
    }

    /// <summary>
    /// The members of an item. An item that is no mapping is one problem, and counts as an empty one, so that the positions of those that
    /// follow still hold; what it lacks is then told to nobody.
    /// </summary>
    private MemberReader Open(DocumentValue value, FieldPath path, string[] known)
    {
        if (value is DocumentMapping mapping) return new MemberReader(mapping, path, _problems, known);
        _problems.Add(value.Position, path, "must be a mapping");
        return new MemberReader(new DocumentMapping(value.Position), path, new DocumentProblems(), known);
    }
}
