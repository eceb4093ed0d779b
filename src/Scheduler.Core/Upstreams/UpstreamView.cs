using Scheduler.Core.Routing;

namespace Scheduler.Core.Upstreams;

/// <summary>All that a choice of parents reads, one reference: published whole, as the <see cref="RoutingSnapshot"/> is, and read once.</summary>
/// <param name="Snapshot">Who may be named, and what sites carry.</param>
/// <param name="Table">Who can pull from whom, of the same fleet.</param>
/// <param name="Homes">Where streams come in.</param>
/// <param name="Links">What the ways of <paramref name="Table"/> carry.</param>
/// <param name="Drains">How far the pulls of draining IDCs have moved.</param>
/// <param name="Policy">The rules.</param>
public sealed record UpstreamView(
    RoutingSnapshot Snapshot, UpstreamTable Table, StreamHomes Homes, LinkLoads Links, ParentDrains Drains, UpstreamPolicy Policy);
