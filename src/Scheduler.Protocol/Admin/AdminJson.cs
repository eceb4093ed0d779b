using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Protocol.Admin;

/// <summary>The messages of the admin API as JSON: snake_case, absent members left out, times in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ProblemMessage))]
[JsonSerializable(typeof(FleetChangeMessage))]
[JsonSerializable(typeof(PolicyChangeMessage))]
[JsonSerializable(typeof(ZonesChangeMessage))]
[JsonSerializable(typeof(NodeStateRequestMessage))]
[JsonSerializable(typeof(NodeStateMessage))]
[JsonSerializable(typeof(DrainRequestMessage))]
[JsonSerializable(typeof(DrainMessage))]
[JsonSerializable(typeof(DrainListMessage))]
[JsonSerializable(typeof(DrainPreviewRequestMessage))]
[JsonSerializable(typeof(DrainPreviewMessage))]
[JsonSerializable(typeof(RevisionListMessage))]
[JsonSerializable(typeof(RevisionDetailMessage))]
[JsonSerializable(typeof(RollbackRequestMessage))]
[JsonSerializable(typeof(RollbackMessage))]
[JsonSerializable(typeof(KeyRequestMessage))]
[JsonSerializable(typeof(KeyMessage))]
[JsonSerializable(typeof(KeyListMessage))]
[JsonSerializable(typeof(TicketKeyListMessage))]
[JsonSerializable(typeof(TokenKeyMessage))]
[JsonSerializable(typeof(ReasonMessage))]
[JsonSerializable(typeof(SiteListMessage))]
[JsonSerializable(typeof(NodeMessage))]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(ReadinessMessage))]
[JsonSerializable(typeof(PlanMessage))]
[JsonSerializable(typeof(ExplanationMessage))]
[JsonSerializable(typeof(RevisionDiffMessage))]
[JsonSerializable(typeof(DryRunMessage))]
[JsonSerializable(typeof(AuditEntryMessage))]
[JsonSerializable(typeof(AuditListMessage))]
[JsonSerializable(typeof(DrainEventMessage))]
[JsonSerializable(typeof(DegradedEventMessage))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class AdminJson : JsonSerializerContext
{
    private static AdminJson? _wire;

    /// <summary>
    /// As <see cref="Default"/>, but quotation marks and letters of every language stand for themselves, so that people can read an answer. The
    /// answers are never part of a web page, which alone would need the escapes.
    /// </summary>
    public static AdminJson Wire => _wire ??=
        new AdminJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
