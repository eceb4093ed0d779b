using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Protocol.V1.Upstreams;

/// <summary>Writes from where nodes are to pull: the body of a 200 to <c>GET /v1/upstream</c>, and the same among the answers to reports.</summary>
public static class UpstreamAnswerWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>{node, stream, outcome, parents: [{node, idc, host, relay, rtt_ms, cost_ms}], revision}</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="entry">The answer.</param>
    /// <param name="revision">Revision of the configuration that decided.</param>
    public static void Write(IBufferWriter<byte> output, UpstreamEntry entry, long revision)
    {
        using Utf8JsonWriter json = new(output, Options);
        json.WriteStartObject();
        WriteMembers(json, entry);
        json.WriteNumber("revision"u8, revision);
        json.WriteEndObject();
    }

    /// <summary>Writes the members that an answer to reports gains: <c>upstream</c> and <c>warm_up</c>, each only when it has entries.</summary>
    /// <param name="json">Stands inside the answer.</param>
    /// <param name="upstream">What was asked for, and what has changed.</param>
    /// <param name="warmUps">What is to be pulled ahead.</param>
    internal static void WriteMembers(Utf8JsonWriter json, ReadOnlySpan<UpstreamEntry> upstream, ReadOnlySpan<WarmUpEntry> warmUps)
    {
        if (!upstream.IsEmpty)
        {
            json.WriteStartArray("upstream"u8);
            foreach (UpstreamEntry entry in upstream)
            {
                json.WriteStartObject();
                WriteMembers(json, entry);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (warmUps.IsEmpty) return;
        json.WriteStartArray("warm_up"u8);
        foreach (WarmUpEntry warmUp in warmUps)
        {
            json.WriteStartObject();
            json.WriteString("node"u8, warmUp.Node);
            json.WriteString("stream"u8, warmUp.Stream);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, UpstreamEntry entry)
    {
        json.WriteString("node"u8, entry.Node);
        json.WriteString("stream"u8, entry.Stream);
        json.WriteString("outcome"u8, entry.Outcome);
        json.WriteStartArray("parents"u8);
        foreach (UpstreamParentEntry parent in entry.Parents)
        {
            json.WriteStartObject();
            json.WriteString("node"u8, parent.Node);
            json.WriteString("idc"u8, parent.Idc);
            json.WriteString("host"u8, parent.Host);
            json.WriteBoolean("relay"u8, parent.Relay);
            json.WriteNumber("rtt_ms"u8, parent.RttMs);
            json.WriteNumber("cost_ms"u8, parent.CostMs);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
