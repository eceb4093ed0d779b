using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Protocol.V1.Messages;

/// <summary>Tells a session from a problem by its members: only a session has <c>session</c>.</summary>
internal sealed class SessionBatchEntryConverter : JsonConverter<SessionBatchEntryMessage>
{
    /// <inheritdoc/>
    public override SessionBatchEntryMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument entry = JsonDocument.ParseValue(ref reader);
        JsonElement value = entry.RootElement;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("session"u8, out _)
            ? new SessionBatchEntryMessage(value.Deserialize(V1Json.Default.SessionAnswerMessage), null)
            : new SessionBatchEntryMessage(null, value.Deserialize(V1Json.Default.ProblemMessage));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SessionBatchEntryMessage value, JsonSerializerOptions options)
    {
        if (value.Answer is { } answer) JsonSerializer.Serialize(writer, answer, V1Json.Default.SessionAnswerMessage);
        else JsonSerializer.Serialize(writer, value.Problem!, V1Json.Default.ProblemMessage);
    }
}
