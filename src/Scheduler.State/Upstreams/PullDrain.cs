using System.Collections.Immutable;

namespace Scheduler.State.Upstreams;

/// <summary>A drain that takes whole sites, as far as pulls are concerned.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Ramp">Time in which its pulls are to leave.</param>
/// <param name="Sites">Indexes of the sites that it takes whole.</param>
public sealed record PullDrain(string Id, DateTimeOffset StartedAt, TimeSpan Ramp, ImmutableArray<int> Sites);
