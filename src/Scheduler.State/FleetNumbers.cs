using System.Collections.Immutable;

namespace Scheduler.State;

/// <summary>Permanent numbers, given by the store and never reused, in the order of the fleet's arrays.</summary>
/// <param name="Sites">One per site; at least 1.</param>
/// <param name="Nodes">One per node; at least 1.</param>
public sealed record FleetNumbers(ImmutableArray<int> Sites, ImmutableArray<int> Nodes);
