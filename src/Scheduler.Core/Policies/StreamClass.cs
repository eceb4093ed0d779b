using System.Collections.Immutable;

namespace Scheduler.Core.Policies;

/// <summary>Streams that are treated alike, and otherwise than the rest.</summary>
/// <param name="Id">Unique in the policy; <c>[a-z0-9-]</c>, 1 to 32 characters.</param>
/// <param name="Streams">Patterns of stream names (<see cref="StreamPattern"/>); empty for every stream of the tenants.</param>
/// <param name="Tenants">
/// Tenants, as keys carry them; empty for callers of any. Where patterns are given too, both must fit. A class has patterns, tenants or both.
/// </param>
/// <param name="Weights">Its own weights; what is not set is as for all.</param>
/// <param name="Sites">The only sites that may serve it; null for all.</param>
public sealed record StreamClass(
    string Id, ImmutableArray<string> Streams, ImmutableArray<string> Tenants, PolicyWeights Weights, SiteSelector? Sites);
