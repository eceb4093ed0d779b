using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Cli.Rendering;

/// <summary>The scheduler's own JSON, handed on to programs.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same document with line breaks and indents; the bytes as they are when they are no JSON.</summary>
    public static string Indent(ReadOnlyMemory<byte> json) => Write(json, Indented);

    /// <summary>The same document in one line; the bytes as they are when they are no JSON.</summary>
    public static string OneLine(ReadOnlyMemory<byte> json) => Write(json, Compact);

    private static string Write(ReadOnlyMemory<byte> json, JsonWriterOptions form)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var buffer = new ArrayBufferWriter<byte>(json.Length * 2);
            using (var writer = new Utf8JsonWriter(buffer, form)) document.WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(json.Span);
        }
    }
}
