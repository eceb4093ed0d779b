using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Protocol.Zones;

/// <summary>Zones as YAML: the form that operators write. The shape is that of <see cref="ZonesJson"/>.</summary>
public static class ZonesYaml
{
    /// <summary>Reads zones; every problem at once.</summary>
    /// <param name="yaml">
    /// The document in UTF-8: at most 32 MB and 16 levels deep. Anchors, aliases, tags, unknown members and members that are given twice are refused.
    /// </param>
    /// <param name="policy">The policy whose classes they may name; null when it is not known, and then any is taken.</param>
    public static DocumentReadResult<ZoneSet> Read(ReadOnlyMemory<byte> yaml, Policy? policy)
    {
        DocumentValue? document = Utf8Text.Read(yaml.Span, out DocumentFault? fault) is { } text ? YamlDocumentTree.Read(text, out fault) : null;
        return ZonesDocumentReader.Read(document, fault, policy);
    }

    /// <summary>Writes zones, in their order: blocks for zones, a line for each record and steered name. What is written reads back as the same zones.</summary>
    /// <param name="zones">Valid zones.</param>
    public static string Write(ZoneSet zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        if (zones.Zones.IsEmpty) return "zones: []\n"; // an empty document would be none
        var yaml = new StringBuilder("zones:\n");
        foreach (Zone zone in zones.Zones) Write(yaml, zone);
        return yaml.ToString();
    }

    private static void Write(StringBuilder yaml, Zone zone)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"  - origin: {YamlText.Of(zone.Origin)}\n    name_servers: {Flow(zone.NameServers)}\n    hostmaster: {YamlText.Of(zone.Hostmaster)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"    ttl: {zone.TtlS}\n    negative_ttl: {zone.NegativeTtlS}\n    client_subnet: {(zone.ClientSubnet ? "true" : "false")}\n");
        if (!zone.Records.IsEmpty) yaml.Append("    records:\n");
        foreach (ZoneRecord record in zone.Records)
        {
            string ttl = record.TtlS is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", ttl: {seconds}") : "";
            yaml.Append(CultureInfo.InvariantCulture, $"      - {{name: {YamlText.Of(record.Name)}, type: {RecordTypes.Show(record.Type)}{ttl}, data: {YamlText.Of(record.Data)}}}\n");
        }
        if (!zone.Steered.IsEmpty) yaml.Append("    steered:\n");
        foreach (SteeredName steered in zone.Steered)
        {
            string streamClass = steered.Class == StreamClassifier.Default ? "" : $", class: {YamlText.Of(steered.Class)}";
            string protocols = steered.Protocols == StreamProtocols.None ? "" : $", protocols: {Flow([.. FleetWords.Protocols.Of(steered.Protocols)])}";
            string alpn = steered.Alpn.IsEmpty ? "" : $", alpn: {Flow(steered.Alpn)}";
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"      - {{name: {YamlText.Of(steered.Name)}{streamClass}{protocols}, nodes: {steered.Nodes}, least_ttl: {steered.LeastTtlS}, most_ttl: {steered.MostTtlS}{alpn}}}\n");
        }
    }

    private static string Flow(ImmutableArray<string> texts) => $"[{string.Join(", ", texts.Select(YamlText.Of))}]";
}
