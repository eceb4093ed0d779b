using Scheduler.Core.Capacity;

namespace Scheduler.Protocol.Peers;

/// <summary>What of the receiver's newest admissions a node has begun to serve.</summary>
/// <param name="Number">Permanent number of the node.</param>
/// <param name="Incarnation">Start of the node that reported it.</param>
/// <param name="Sequence">Number of the report that said so.</param>
/// <param name="Started">What has started.</param>
public readonly record struct NumberedStart(int Number, long Incarnation, long Sequence, StartedLoad Started);
