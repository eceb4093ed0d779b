using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Scheduler.Protocol.Steering;

/// <summary>How the addresses of a clone are made of those of its base.</summary>
/// <param name="Host">The host, without a port.</param>
/// <param name="Params">Parameters that are added to the query; the scheduler adds none.</param>
public sealed record SteeringReplacementMessage(
    [property: JsonPropertyName("HOST")] string Host, [property: JsonPropertyName("PARAMS")] ImmutableDictionary<string, string> Params);
