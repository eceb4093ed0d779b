using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>Fleets as JSON: the form of the admin interface and the store. The shape is that of <see cref="FleetYaml"/>.</summary>
public static class FleetJson
{
    // Letters of every script stay as they are: the bytes are UTF-8, and go into no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a fleet; every problem at once.</summary>
    /// <param name="json">
    /// The document in UTF-8: at most 32 MB and 16 levels deep. Unknown members and members that are given twice are refused.
    /// </param>
    public static DocumentReadResult<Fleet> Read(ReadOnlySpan<byte> json)
    {
        DocumentValue? document = JsonDocumentTree.Read(json, out DocumentFault? fault);
        return FleetDocumentReader.Read(document, fault);
    }

    /// <summary>Writes a fleet, in its order, as compact UTF-8 without a byte order mark. What is written reads back as the same fleet.</summary>
    /// <param name="fleet">A valid fleet.</param>
    public static byte[] Write(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) new FleetJsonWriter(writer).Write(fleet);
        return buffer.WrittenSpan.ToArray();
    }
}
