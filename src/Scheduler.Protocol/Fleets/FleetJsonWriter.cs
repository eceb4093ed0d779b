using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.Fleets;

/// <summary>Writes fleets as JSON. Bit rates are plain numbers of bit/s.</summary>
internal sealed class FleetJsonWriter(Utf8JsonWriter json)
{
    public void Write(Fleet fleet)
    {
        json.WriteStartObject();
        json.WriteStartObject("urls");
        foreach ((StreamProtocols protocol, string template) in fleet.Urls) json.WriteString(FleetWords.Protocols.One(protocol), template);
        json.WriteEndObject();
        WriteList("regions", fleet.Regions, Write);
        WriteList("tariffs", fleet.Tariffs, Write);
        ILookup<string, Node> nodes = fleet.Nodes.ToLookup(node => node.Site, StringComparer.Ordinal);
        WriteList("sites", fleet.Sites, site => Write(site, nodes[site.Id]));
        WriteList("links", fleet.Links, Write);
        json.WriteEndObject();
    }

    private void WriteList<T>(string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(Region region)
    {
        json.WriteString("id", region.Id);
        json.WriteString("name", region.Name);
    }

    private void Write(Tariff tariff)
    {
        json.WriteString("id", tariff.Id);
        json.WriteNumber("price_per_mbps", tariff.PricePerMbps);
        json.WriteString("billing", FleetWords.Billings.One(tariff.Billing));
        json.WriteNumber("commit_bps", tariff.Commit.BitsPerSecond);
        if (tariff.IngressPerMbps != 0) json.WriteNumber("ingress_per_mbps", tariff.IngressPerMbps);
    }

    private void Write(Site site, IEnumerable<Node> nodes)
    {
        json.WriteString("id", site.Id);
        json.WriteString("kind", FleetWords.Kinds.One(site.Kind));
        json.WriteString("region", site.Region);
        json.WriteString("place", site.Place);
        json.WriteString("country", site.Country);
        json.WriteNumber("latitude", site.Location.Latitude);
        json.WriteNumber("longitude", site.Location.Longitude);
        if (site.EgressCap is { } cap) json.WriteNumber("egress_cap_bps", cap.BitsPerSecond);
        json.WriteString("tariff", site.Tariff);
        WriteTexts("upstreams", site.Upstreams);
        WriteLabels(site.Labels);
        WriteList("nodes", nodes, Write);
    }

    private void Write(Node node)
    {
        json.WriteString("id", node.Id);
        json.WriteNumber("capacity_bps", node.Capacity.BitsPerSecond);
        WriteTexts("roles", FleetWords.Roles.Of(node.Roles));
        WriteTexts("protocols", FleetWords.Protocols.Of(node.Protocols));
        json.WriteString("host", node.Host);
        if (node.IPv4 is not null) json.WriteString("ipv4", node.IPv4.ToString());
        if (node.IPv6 is not null) json.WriteString("ipv6", node.IPv6.ToString());
        WriteLabels(node.Labels);
    }

    private void Write(BackhaulLink link)
    {
        json.WriteString("pop", link.Pop);
        json.WriteString("idc", link.Idc);
        json.WriteNumber("capacity_bps", link.Capacity.BitsPerSecond);
        json.WriteNumber("price_per_mbps", link.PricePerMbps);
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void WriteLabels(ImmutableSortedDictionary<string, string> labels)
    {
        if (labels.IsEmpty) return;
        json.WriteStartObject("labels");
        foreach ((string key, string value) in labels) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
