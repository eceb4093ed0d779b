using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.State;

/// <summary>All that operators have decided, as of one revision.</summary>
/// <param name="Revision">Number of the newest revision; 0 for an empty store.</param>
/// <param name="Fleet">The validated fleet.</param>
/// <param name="Overrides">Node overrides, by node id.</param>
/// <param name="Drains">Drains that were not deleted and had not expired when the revision was made.</param>
/// <param name="Numbers">The permanent numbers of the fleet's sites and nodes.</param>
public sealed record Configuration(
    long Revision,
    Fleet Fleet,
    ImmutableArray<NodeOverride> Overrides,
    ImmutableArray<Drain> Drains,
    FleetNumbers Numbers);
