namespace Scheduler.Protocol.Admin;

/// <summary>How the replicas stand together, as seen from one of them.</summary>
/// <param name="Name">Name of this replica.</param>
/// <param name="Leader">Number of the replica that plans for all; null while none is known.</param>
/// <param name="Fence">The leader's fence: it rises with every change.</param>
/// <param name="Assigning">Replicas that may assign: what a node that leases nothing is divided by.</param>
/// <param name="Peers">The other replicas.</param>
public sealed record ClusterMessage(string Name, int? Leader, long Fence, int Assigning, IReadOnlyList<PeerMessage> Peers);
