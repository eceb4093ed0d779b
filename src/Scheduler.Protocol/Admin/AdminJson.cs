using System.Text.Json.Serialization;

namespace Scheduler.Protocol.Admin;

/// <summary>The messages of the admin API as JSON: snake_case, absent members left out, times in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ProblemMessage))]
[JsonSerializable(typeof(FleetChangeMessage))]
[JsonSerializable(typeof(NodeStateRequestMessage))]
[JsonSerializable(typeof(NodeStateMessage))]
[JsonSerializable(typeof(DrainRequestMessage))]
[JsonSerializable(typeof(DrainMessage))]
[JsonSerializable(typeof(DrainListMessage))]
[JsonSerializable(typeof(RevisionListMessage))]
[JsonSerializable(typeof(RevisionDetailMessage))]
[JsonSerializable(typeof(RollbackRequestMessage))]
[JsonSerializable(typeof(RollbackMessage))]
[JsonSerializable(typeof(KeyRequestMessage))]
[JsonSerializable(typeof(KeyMessage))]
[JsonSerializable(typeof(KeyListMessage))]
[JsonSerializable(typeof(SiteListMessage))]
[JsonSerializable(typeof(NodeMessage))]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(ReadinessMessage))]
public sealed partial class AdminJson : JsonSerializerContext;
