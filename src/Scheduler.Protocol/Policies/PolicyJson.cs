using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Policies;

/// <summary>Policies as JSON: the form of the admin interface and the store. The shape is that of <see cref="PolicyYaml"/>.</summary>
public static class PolicyJson
{
    // Letters of every script stay as they are: the bytes are UTF-8, and go into no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a policy; every problem at once.</summary>
    /// <param name="json">
    /// The document in UTF-8: at most 32 MB and 16 levels deep. Unknown members and members that are given twice are refused.
    /// </param>
    /// <param name="fleet">The fleet that it must fit; null when it is not known, and then what it names is not looked for.</param>
    /// <param name="map">The map whose cells it may name; null when it is not known, and then any is taken.</param>
    public static DocumentReadResult<Policy> Read(ReadOnlySpan<byte> json, Fleet? fleet, CellMap? map)
    {
        DocumentValue? document = JsonDocumentTree.Read(json, out DocumentFault? fault);
        return PolicyDocumentReader.Read(document, fault, fleet, map);
    }

    /// <summary>Writes a policy, in its order, as compact UTF-8 without a byte order mark. What is written reads back as the same policy.</summary>
    /// <param name="policy">A valid policy.</param>
    public static byte[] Write(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) new PolicyJsonWriter(writer).Write(policy);
        return buffer.WrittenSpan.ToArray();
    }
}
