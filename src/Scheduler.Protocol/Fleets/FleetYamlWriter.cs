using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>Writes fleets as YAML that a person can read and edit: blocks for sites, one line for each region, tariff, node and link.</summary>
internal sealed class FleetYamlWriter
{
    private readonly StringBuilder _yaml = new();

    public string Write(Fleet fleet)
    {
        WriteUrls(fleet.Urls);
        WriteList("regions", fleet.Regions, region => $"{{id: {YamlText.Of(region.Id)}, name: {YamlText.Of(region.Name)}}}");
        WriteList("tariffs", fleet.Tariffs, Flow);
        WriteSites(fleet);
        WriteList("links", fleet.Links, Flow);
        return _yaml.ToString();
    }

    private void WriteUrls(ImmutableSortedDictionary<StreamProtocols, string> urls)
    {
        if (urls.IsEmpty) return;
        _yaml.Append("urls:\n");
        foreach ((StreamProtocols protocol, string template) in urls)
            _yaml.Append(CultureInfo.InvariantCulture, $"  {FleetWords.Protocols.One(protocol)}: {YamlText.Of(template)}\n");
        _yaml.Append('\n');
    }

    private void WriteList<T>(string name, ImmutableArray<T> items, Func<T, string> line)
    {
        _yaml.Append(name).Append(items.IsEmpty ? ": []\n\n" : ":\n");
        foreach (T item in items) _yaml.Append("  - ").Append(line(item)).Append('\n');
        if (!items.IsEmpty) _yaml.Append('\n');
    }

    private void WriteSites(Fleet fleet)
    {
        _yaml.Append(fleet.Sites.IsEmpty ? "sites: []\n\n" : "sites:\n");
        ILookup<string, Node> nodes = fleet.Nodes.ToLookup(node => node.Site, StringComparer.Ordinal);
        foreach (Site site in fleet.Sites)
        {
            CultureInfo invariant = CultureInfo.InvariantCulture;
            _yaml.Append(invariant, $"  - id: {YamlText.Of(site.Id)}\n");
            _yaml.Append(invariant, $"    kind: {FleetWords.Kinds.One(site.Kind)}\n");
            _yaml.Append(invariant, $"    region: {YamlText.Of(site.Region)}\n");
            _yaml.Append(invariant, $"    place: {YamlText.Of(site.Place)}\n");
            _yaml.Append(invariant, $"    country: {YamlText.Of(site.Country)}\n");
            _yaml.Append(invariant, $"    latitude: {site.Location.Latitude:R}\n");
            _yaml.Append(invariant, $"    longitude: {site.Location.Longitude:R}\n");
            if (site.EgressCap is { } cap) _yaml.Append(invariant, $"    egress_cap_bps: {BitRateText.Format(cap)}\n");
            _yaml.Append(invariant, $"    tariff: {YamlText.Of(site.Tariff)}\n");
            if (!site.Upstreams.IsEmpty) _yaml.Append(invariant, $"    upstreams: [{string.Join(", ", site.Upstreams.Select(YamlText.Of))}]\n");
            if (!site.Labels.IsEmpty) _yaml.Append(invariant, $"    labels: {Flow(site.Labels)}\n");
            if (nodes.Contains(site.Id)) _yaml.Append("    nodes:\n");
            foreach (Node node in nodes[site.Id]) _yaml.Append("      - ").Append(Flow(node)).Append('\n');
        }
        if (!fleet.Sites.IsEmpty) _yaml.Append('\n');
    }

    private static string Flow(Tariff tariff)
    {
        string billing = FleetWords.Billings.One(tariff.Billing), commit = BitRateText.Format(tariff.Commit);
        string ingress = tariff.IngressPerMbps == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", ingress_per_mbps: {tariff.IngressPerMbps:R}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{{id: {YamlText.Of(tariff.Id)}, price_per_mbps: {tariff.PricePerMbps:R}, billing: {billing}, commit_bps: {commit}{ingress}}}");
    }

    private static string Flow(BackhaulLink link)
    {
        string ends = $"pop: {YamlText.Of(link.Pop)}, idc: {YamlText.Of(link.Idc)}", capacity = BitRateText.Format(link.Capacity);
        return string.Create(CultureInfo.InvariantCulture, $"{{{ends}, capacity_bps: {capacity}, price_per_mbps: {link.PricePerMbps:R}}}");
    }

    private static string Flow(Node node)
    {
        string start = $"id: {YamlText.Of(node.Id)}, capacity_bps: {BitRateText.Format(node.Capacity)}";
        string roles = string.Join(", ", FleetWords.Roles.Of(node.Roles)), protocols = string.Join(", ", FleetWords.Protocols.Of(node.Protocols));
        string ipv4 = node.IPv4 is null ? "" : $", ipv4: {node.IPv4}";
        string ipv6 = node.IPv6 is null ? "" : $", ipv6: \"{node.IPv6}\""; // quoted: a colon may end it
        string labels = node.Labels.IsEmpty ? "" : $", labels: {Flow(node.Labels)}";
        return $"{{{start}, roles: [{roles}], protocols: [{protocols}], host: {YamlText.Of(node.Host)}{ipv4}{ipv6}{labels}}}";
    }

    private static string Flow(ImmutableSortedDictionary<string, string> labels) =>
        $"{{{string.Join(", ", labels.Select(label => $"{YamlText.Of(label.Key)}: {YamlText.Of(label.Value)}"))}}}";
}
