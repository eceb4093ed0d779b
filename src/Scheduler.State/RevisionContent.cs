using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>A revision with its state, read back.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Fleet">The fleet as of it.</param>
/// <param name="Overrides">The overrides as of it.</param>
/// <param name="Drains">The drains as of it, expired by now or not.</param>
public sealed record RevisionContent(Revision Revision, Fleet Fleet, ImmutableArray<NodeOverride> Overrides, ImmutableArray<Drain> Drains)
{
    /// <summary>The policy as of it; the empty one for a revision from before there were policies.</summary>
    public Policy Policy { get; init; } = Policy.Empty;

    /// <summary>The zones as of it; none for a revision from before there were zones.</summary>
    public ZoneSet Zones { get; init; } = ZoneSet.Empty;
}
