using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Client.Reports;

/// <summary>What a node measures of itself.</summary>
/// <param name="Node">Id of the node, as the fleet has it.</param>
/// <param name="CapacityBps">Egress it can carry now, bit/s; at least 0.</param>
/// <param name="EgressBps">Egress it carries now, bit/s; at least 0.</param>
/// <param name="Sessions">Viewers it serves now; at least 0.</param>
/// <param name="State">What it wants.</param>
public readonly record struct NodeMeasurement(string Node, long CapacityBps, long EgressBps, int Sessions, NodeState State)
{
    /// <summary>Share of its processors in use, in [0, 1]; null when not measured.</summary>
    public double? Cpu { get; init; }

    /// <summary>Share of its memory in use, in [0, 1]; null when not measured.</summary>
    public double? Memory { get; init; }

    /// <summary>What it draws from upstream, bit/s; null when not measured.</summary>
    public long? IngressBps { get; init; }

    /// <summary>Streams whose audience changed since the last report, at most 64; default or empty for none.</summary>
    public ImmutableArray<StreamMeasurement> Streams { get; init; }

    /// <summary>Load by the scheduler replica that assigned it, as the tickets say; default or empty when the node cannot tell.</summary>
    public ImmutableArray<ReplicaMeasurement> ByReplica { get; init; }

    /// <summary>Limits other than egress, at most 16; default or empty for none.</summary>
    public ImmutableArray<LimitMeasurement> Limits { get; init; }
}
