using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;

namespace Scheduler.State;

/// <summary>All that operators have decided, as of one revision.</summary>
/// <param name="Revision">Number of the newest revision; 0 for an empty store.</param>
/// <param name="Fleet">The validated fleet.</param>
/// <param name="Overrides">
/// Node overrides, by node id. One may name a node that has left the fleet: should the node come back, it is found as the operator left it.
/// </param>
/// <param name="Drains">
/// Drains that were not deleted and had not expired when the revision was made, the oldest first. One may target what has left the fleet.
/// </param>
/// <param name="Numbers">The permanent numbers of the fleet's sites and nodes.</param>
public sealed record Configuration(
    long Revision,
    Fleet Fleet,
    ImmutableArray<NodeOverride> Overrides,
    ImmutableArray<Drain> Drains,
    FleetNumbers Numbers)
{
    /// <summary>What operators ask of dispatch beyond the fleet; valid for <see cref="Fleet"/>.</summary>
    public Policy Policy { get; init; } = Policy.Empty;

    /// <summary>The names that DNS answers for; valid for <see cref="Policy"/>.</summary>
    public ZoneSet Zones { get; init; } = ZoneSet.Empty;

    /// <summary>What a new store holds: nothing.</summary>
    public static Configuration Empty { get; } = new(0, Fleet.Empty, [], [], new FleetNumbers([], []));
}
