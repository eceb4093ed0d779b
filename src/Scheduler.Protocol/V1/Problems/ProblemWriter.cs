using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Protocol.V1.Problems;

/// <summary>Writes problem details (RFC 9457): <c>{type, title, status, detail?, errors?: [{field, reason}]}</c>.</summary>
public static class ProblemWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[][] Bare = [.. Enum.GetValues<ProblemKind>().Select(MakeBare)];

    /// <summary>A problem of which there is no more to say, ready made: for refusals that must stay cheap under a flood.</summary>
    public static ReadOnlyMemory<byte> Of(ProblemKind kind) => Bare[(int)kind];

    /// <summary>Writes a problem.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="detail">What is particular to this time, for people; null for nothing.</param>
    /// <param name="errors">Fields at fault; none leaves the member out.</param>
    public static void Write(IBufferWriter<byte> output, ProblemKind kind, string? detail, ReadOnlySpan<WireProblem> errors)
    {
        ProblemType type = ProblemType.Of(kind);
        using Utf8JsonWriter json = new(output, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, type.Uri);
        json.WriteString("title"u8, type.Title);
        json.WriteNumber("status"u8, type.Status);
        if (detail is not null) json.WriteString("detail"u8, detail);
        if (!errors.IsEmpty)
        {
            json.WriteStartArray("errors"u8);
            foreach (WireProblem error in errors)
            {
                json.WriteStartObject();
                json.WriteString("field"u8, error.Field);
                json.WriteString("reason"u8, error.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static byte[] MakeBare(ProblemKind kind)
    {
        ArrayBufferWriter<byte> output = new();
        Write(output, kind, null, default);
        return output.WrittenSpan.ToArray();
    }
}
