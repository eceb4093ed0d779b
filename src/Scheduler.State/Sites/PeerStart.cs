using Scheduler.Core.Capacity;

namespace Scheduler.State.Sites;

/// <summary>What of this replica's newest admissions a node has begun to serve, as a peer heard it, on its way to the writer of its site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Node">The node.</param>
/// <param name="Incarnation">Start of the node that reported it.</param>
/// <param name="Sequence">Number of the report that said so.</param>
/// <param name="Started">What has started.</param>
public readonly record struct PeerStart(SiteState Site, NodeStatus Node, long Incarnation, long Sequence, StartedLoad Started);
