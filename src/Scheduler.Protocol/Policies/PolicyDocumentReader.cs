using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Drains;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Policies;

/// <summary>Turns the values of a document into a policy, whatever the document was written in.</summary>
internal sealed class PolicyDocumentReader
{
    private static readonly string[] PolicyMembers = ["weights", "default_cell", "fences", "classes", "tariffs", "overrides"];
    private static readonly string[] FenceMembers = ["id", "countries", "except_countries", "allow", "deny", "reason"];
    private static readonly string[] SelectorMembers = ["all", "sites", "regions", "countries", "labels"];
    private static readonly string[] ClassMembers = ["id", "streams", "tenants", "weights", "sites"];
    private static readonly string[] TariffMembers = ["id", "price_per_mbps", "commit_bps"];
    private static readonly string[] OverrideMembers = ["prefix", "cell", "sites"];
    private static readonly string[] WeightMembers = [.. PolicyWeight.All.Select(weight => weight.Name), "price_commits"];

    private readonly DocumentProblems _problems = new();

    /// <summary>Reads a policy.</summary>
    /// <param name="document">The document; null when it could not be read.</param>
    /// <param name="fault">Why it could not; null when it could.</param>
    /// <param name="fleet">The fleet that it must fit; null when it is not known.</param>
    /// <param name="map">The map that it must fit; null when it is not known.</param>
    public static DocumentReadResult<Policy> Read(DocumentValue? document, DocumentFault? fault, Fleet? fleet, CellMap? map)
    {
        if (document is null) return Refuse(fault!.Position, fault.Reason);
        if (document is not DocumentMapping root) return Refuse(document.Position, $"must be a mapping with any of {string.Join(", ", PolicyMembers)}");
        return new PolicyDocumentReader().Read(root, fleet, map);
    }

    private static DocumentReadResult<Policy> Refuse(DocumentPosition position, string reason) =>
        new([new DocumentProblem(position.Line, position.Column, "", reason)]);

    private DocumentReadResult<Policy> Read(DocumentMapping root, Fleet? fleet, CellMap? map)
    {
        var fences = ImmutableArray.CreateBuilder<GeoFence>();
        var classes = ImmutableArray.CreateBuilder<StreamClass>();
        var tariffs = ImmutableArray.CreateBuilder<TariffOverride>();
        var overrides = ImmutableArray.CreateBuilder<PrefixOverride>();
        var members = new MemberReader(root, FieldPath.Root, _problems, PolicyMembers);
        PolicyWeights weights = ReadWeights(members);
        string? defaultCell = members.TextIfAny("default_cell");
        members.ForEach("fences", required: false, (value, path) => fences.Add(ReadFence(value, path)));
        members.ForEach("classes", required: false, (value, path) => classes.Add(ReadClass(value, path)));
        members.ForEach("tariffs", required: false, (value, path) => tariffs.Add(ReadTariff(value, path)));
        members.ForEach("overrides", required: false, (value, path) => overrides.Add(ReadOverride(value, path)));
        members.Close();

        // What is wrong by itself and what is wrong between the parts is told at once: the second is looked for even after the first.
        var policy = new Policy(weights, defaultCell, fences.ToImmutable(), classes.ToImmutable(), tariffs.ToImmutable(), overrides.ToImmutable());
        var found = new FleetProblems();
        PolicyValidator.Validate(policy, fleet, map, found);
        _problems.AddAll(found, root);
        return _problems.IsEmpty ? new DocumentReadResult<Policy>(policy) : new DocumentReadResult<Policy>(_problems.ToImmutable());
    }

    private PolicyWeights ReadWeights(MemberReader owner)
    {
        if (owner.Take("weights", required: false) is not { } value) return PolicyWeights.None;
        MemberReader members = Open(value, owner.Path("weights"), WeightMembers);
        var values = PolicyWeights.None.Values.ToBuilder();
        foreach (PolicyWeight weight in PolicyWeight.All)
            if (members.Number(weight.Name, required: false) is { } number) values.Add(weight.Name, number);
        bool? commits = members.TruthIfAny("price_commits");
        members.Close();
        return new PolicyWeights(values.ToImmutable(), commits);
    }

    private GeoFence ReadFence(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, FenceMembers);
        string id = members.Text("id");
        ImmutableArray<string> countries = Texts(members, "countries"), except = Texts(members, "except_countries");
        FenceRule rule = members.Has("deny") ? FenceRule.Deny : FenceRule.Allow;
        if (value is DocumentMapping && members.Has("allow") == members.Has("deny"))
            _problems.Add(value.Position, path, "must have either allow, its only sites, or deny, the sites that it bars");
        SiteSelector? allow = ReadSelector(members, "allow"), deny = ReadSelector(members, "deny");
        var fence = new GeoFence(id, countries, except, rule, deny ?? allow ?? SiteSelector.None, members.Text("reason"));
        members.Close();
        return fence;
    }

    private StreamClass ReadClass(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, ClassMembers);
        var streams = new StreamClass(
            members.Text("id"), Texts(members, "streams"), Texts(members, "tenants"), ReadWeights(members), ReadSelector(members, "sites"));
        members.Close();
        return streams;
    }

    /// <summary>A selector of sites; null when it is not there.</summary>
    private SiteSelector? ReadSelector(MemberReader owner, string name)
    {
        if (owner.Take(name, required: false) is not { } value) return null;
        FieldPath path = owner.Path(name);
        MemberReader members = Open(value, path, SelectorMembers);
        bool all = members.TruthIfAny("all") ?? false;
        ImmutableArray<string> sites = Texts(members, "sites"), regions = Texts(members, "regions"), countries = Texts(members, "countries");
        var labels = ImmutableArray.CreateBuilder<LabelSelector>();
        members.ForEach("labels", required: false, (item, at) =>
        {
            string fault = "must be text such as tier=premium";
            if (MemberReader.AsText(item) is { } text && LabelSelector.TryParse(text, out LabelSelector? selector, out fault!))
            {
                labels.Add(selector);
                return;
            }
            Fault(item, at, fault);
            _problems.Silence(path); // what is left of it is not what was meant
        });
        members.Close();
        return new SiteSelector(all, sites, regions, countries, labels.ToImmutable());
    }

    private TariffOverride ReadTariff(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, TariffMembers);
        var tariff = new TariffOverride(members.Text("id"), members.Number("price_per_mbps", required: false), members.BitRate("commit_bps", required: false));
        members.Close();
        return tariff;
    }

    private PrefixOverride ReadOverride(DocumentValue value, FieldPath path)
    {
        MemberReader members = Open(value, path, OverrideMembers);
        string text = members.Text("prefix");
        if (!IpPrefix.TryParse(Encoding.UTF8.GetBytes(text), out IpPrefix prefix))
            Fault(value, path.Member("prefix"), "must be an address or a prefix such as 192.0.2.0/24 or 2001:db8::/32");
        if (value is DocumentMapping && members.Has("cell") == members.Has("sites"))
            Fault(value, path, "must have either cell, where the block is, or sites, which serve it");
        OverrideTarget target = members.TextIfAny("cell") is { } cell
            ? new OverrideTarget.ToCell(cell)
            : new OverrideTarget.ToSites(Texts(members, "sites"));
        members.Close();
        return new PrefixOverride(prefix, target);
    }

    /// <summary>A list of texts; empty when it is not there.</summary>
    private ImmutableArray<string> Texts(MemberReader members, string name)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        members.ForEach(name, required: false, (item, path) =>
        {
            if (MemberReader.AsText(item) is not { } text) Fault(item, path, "must be text");
            texts.Add(MemberReader.AsText(item) ?? ""); // in its place all the same: the positions of those that follow still hold
        });
        return texts.ToImmutable();
    }

    private void Fault(DocumentValue value, FieldPath path, string reason)
    {
        if (!_problems.Covers(path.ToString())) _problems.Add(value.Position, path, reason);
    }

    /// <summary>The members of an item. One that is no mapping is one problem, and counts as an empty one; what it lacks is then told to nobody.</summary>
    private MemberReader Open(DocumentValue value, FieldPath path, string[] known)
    {
        if (value is DocumentMapping mapping) return new MemberReader(mapping, path, _problems, known);
        _problems.Add(value.Position, path, "must be a mapping");
        return new MemberReader(new DocumentMapping(value.Position), path, new DocumentProblems(), known);
    }
}
