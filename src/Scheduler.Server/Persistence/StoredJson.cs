using System.Text.Json.Serialization;

namespace Scheduler.Server.Persistence;

/// <summary>
/// Stored documents as JSON. A member that this version does not know is an error: to drop what a newer version stored would silently undo it.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredDrain[]))]
[JsonSerializable(typeof(StoredOverride[]))]
[JsonSerializable(typeof(StoredLocalDrain))]
[JsonSerializable(typeof(StoredLocalDrain[]))]
internal sealed partial class StoredJson : JsonSerializerContext;
