using System.Text.Json.Serialization;

namespace Scheduler.Server.Standby;

/// <summary>Standby files as JSON. A member that this version does not know is an error: to drop it would serve from less than was kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StandbyHeader))]
[JsonSerializable(typeof(StandbyDocument))]
internal sealed partial class StandbyJson : JsonSerializerContext;
