using Scheduler.Core.Capacity;

namespace Scheduler.Protocol.Peers;

/// <summary>A report as one replica tells it to another.</summary>
/// <param name="Node">Permanent number of the node; at least 0.</param>
/// <param name="AgeMs">Time since the sender received it, ms; at least 0.</param>
/// <param name="Report">The node's word.</param>
public readonly record struct RelayedReport(int Node, long AgeMs, NodeReport Report);
