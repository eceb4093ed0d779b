using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Scheduler.Protocol.Steering;

/// <summary>A steering manifest as a reader sees it.</summary>
/// <param name="Version">1.</param>
/// <param name="TtlS">When to ask again, s.</param>
/// <param name="ReloadUri">Where to; null to ask where the last answer came from.</param>
/// <param name="PathwayPriority">Ids of pathways, the preferred one first.</param>
/// <param name="PathwayClones">Pathways that the playlist does not declare; null for none.</param>
public sealed record SteeringManifestMessage(
    [property: JsonPropertyName("VERSION")] int Version,
    [property: JsonPropertyName("TTL")] int TtlS,
    [property: JsonPropertyName("RELOAD-URI")] string? ReloadUri,
    [property: JsonPropertyName("PATHWAY-PRIORITY")] ImmutableArray<string> PathwayPriority,
    [property: JsonPropertyName("PATHWAY-CLONES")] ImmutableArray<SteeringCloneMessage>? PathwayClones);
