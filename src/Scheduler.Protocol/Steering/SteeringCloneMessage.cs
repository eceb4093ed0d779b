using System.Text.Json.Serialization;

namespace Scheduler.Protocol.Steering;

/// <summary>A pathway made of another one.</summary>
/// <param name="BaseId">The pathway that it is made of.</param>
/// <param name="Id">Its id.</param>
/// <param name="Replacement">What is different.</param>
public sealed record SteeringCloneMessage(
    [property: JsonPropertyName("BASE-ID")] string BaseId,
    [property: JsonPropertyName("ID")] string Id,
    [property: JsonPropertyName("URI-REPLACEMENT")] SteeringReplacementMessage Replacement);
