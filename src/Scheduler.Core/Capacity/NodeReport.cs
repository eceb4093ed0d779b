using System.Collections.Immutable;

namespace Scheduler.Core.Capacity;

/// <summary>What one node said of itself at one moment.</summary>
/// <param name="Incarnation">Start of the node's process, any number that grows from start to start; at least 0.</param>
/// <param name="Sequence">Count within the incarnation; at least 0.</param>
/// <param name="AtUnixMs">When it was measured, by the node's clock, Unix ms; null when the node did not say.</param>
/// <param name="CapacityKbps">Egress the node can carry now, kbit/s; at least 0.</param>
/// <param name="EgressKbps">Egress it carries now, kbit/s; at least 0.</param>
/// <param name="Sessions">Viewers it serves now; at least 0.</param>
/// <param name="State">What it wants.</param>
/// <param name="CpuRatio">Share of its processors in use, in [0, 1]; null when not said.</param>
/// <param name="Limits">Further limits, at most 16; empty for none.</param>
/// <param name="Streams">Streams whose audience changed, at most 64; empty for none.</param>
/// <param name="ByReplica">Load by the scheduler replica that assigned it; empty when the node cannot tell.</param>
public readonly record struct NodeReport(
    long Incarnation,
    long Sequence,
    long? AtUnixMs,
    long CapacityKbps,
    long EgressKbps,
    int Sessions,
    NodeState State,
    double? CpuRatio,
    ImmutableArray<ReportedLimit> Limits,
    ImmutableArray<StreamLoad> Streams,
    ImmutableArray<ReplicaLoad> ByReplica)
{
    /// <summary>What publishers send to the node now, kbit/s; at least 0. Beside <see cref="EgressKbps"/>: a network card carries both ways at once.</summary>
    public long IngressKbps { get; init; }

    /// <summary>What it pulls from each upstream, at most 64; empty for none or when the node does not say.</summary>
    public ImmutableArray<ReportedPull> Pulls { get; init; } = [];

    /// <summary>The busier direction, kbit/s: what counts against the node's capacity.</summary>
    public long LoadKbps => Math.Max(EgressKbps, IngressKbps);
}
