namespace Scheduler.State.Sites;

/// <summary>What a peer assigned to a node, on its way to the writer of its site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Node">The node.</param>
/// <param name="AssignedKbps">All that the peer's start ever assigned there, kbit/s.</param>
public readonly record struct PeerIncrement(SiteState Site, NodeStatus Node, long AssignedKbps);
