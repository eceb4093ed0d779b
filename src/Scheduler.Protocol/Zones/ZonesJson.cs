using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Protocol.Zones;

/// <summary>Zones as JSON: the form of the admin interface and the store. The shape is that of <see cref="ZonesYaml"/>.</summary>
public static class ZonesJson
{
    // Letters of every script stay as they are: the bytes are UTF-8, and go into no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads zones; every problem at once.</summary>
    /// <param name="json">
    /// The document in UTF-8: at most 32 MB and 16 levels deep. Unknown members and members that are given twice are refused.
    /// </param>
    /// <param name="policy">The policy whose classes they may name; null when it is not known, and then any is taken.</param>
    public static DocumentReadResult<ZoneSet> Read(ReadOnlySpan<byte> json, Policy? policy)
    {
        DocumentValue? document = JsonDocumentTree.Read(json, out DocumentFault? fault);
        return ZonesDocumentReader.Read(document, fault, policy);
    }

    /// <summary>Writes zones, in their order, as compact UTF-8 without a byte order mark. What is written reads back as the same zones.</summary>
    /// <param name="zones">Valid zones.</param>
    public static byte[] Write(ZoneSet zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (!zones.Zones.IsEmpty) WriteList(json, "zones", zones.Zones, Write);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Zone zone)
    {
        json.WriteString("origin", zone.Origin);
        WriteTexts(json, "name_servers", zone.NameServers);
        json.WriteString("hostmaster", zone.Hostmaster);
        if (zone.TtlS != Zone.DefaultTtlS) json.WriteNumber("ttl", zone.TtlS);
        if (zone.NegativeTtlS != Zone.DefaultNegativeTtlS) json.WriteNumber("negative_ttl", zone.NegativeTtlS);
        if (zone.ClientSubnet) json.WriteBoolean("client_subnet", true);
        WriteList(json, "records", zone.Records, Write);
        WriteList(json, "steered", zone.Steered, Write);
    }

    private static void Write(Utf8JsonWriter json, ZoneRecord record)
    {
        json.WriteString("name", record.Name);
        json.WriteString("type", RecordTypes.Show(record.Type));
        if (record.TtlS is { } ttl) json.WriteNumber("ttl", ttl);
        json.WriteString("data", record.Data);
    }

    private static void Write(Utf8JsonWriter json, SteeredName steered)
    {
        json.WriteString("name", steered.Name);
        if (steered.Class != StreamClassifier.Default) json.WriteString("class", steered.Class);
        if (steered.Protocols != StreamProtocols.None) WriteTexts(json, "protocols", [.. FleetWords.Protocols.Of(steered.Protocols)]);
        if (steered.Nodes != SteeredName.DefaultNodes) json.WriteNumber("nodes", steered.Nodes);
        if (steered.LeastTtlS != ZoneLimits.LeastSteeredTtlS) json.WriteNumber("least_ttl", steered.LeastTtlS);
        if (steered.MostTtlS != ZoneLimits.MostSteeredTtlS) json.WriteNumber("most_ttl", steered.MostTtlS);
        WriteTexts(json, "alpn", steered.Alpn);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
