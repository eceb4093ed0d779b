using Scheduler.State.Peers;

namespace Scheduler.State.Sites;

/// <summary>What a peer assigned, for one writer.</summary>
/// <param name="Peer">Which start of which replica.</param>
/// <param name="AreFirst">True when they are all it has, told to one who begins to listen, and not news.</param>
/// <param name="HeardAtMs">When they were heard, monotonic ms.</param>
/// <param name="Nodes">Node by node.</param>
public sealed record PeerIncrements(ReplicaStart Peer, bool AreFirst, long HeardAtMs, ArraySegment<PeerIncrement> Nodes);
