namespace Scheduler.Protocol.V1.Messages;

/// <summary>What a node says of itself once an interval, for those who send it.</summary>
public sealed record ReportMessage
{
    /// <summary>Id of the node.</summary>
    public required string Node { get; init; }

    /// <summary>Start of its process: any number that grows from start to start.</summary>
    public required long Incarnation { get; init; }

    /// <summary>Count within the incarnation.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was measured; null when not said.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Egress the node can carry now, bit/s.</summary>
    public required long CapacityBps { get; init; }

    /// <summary>Egress it carries now, bit/s.</summary>
    public required long EgressBps { get; init; }

    /// <summary>Viewers it serves now.</summary>
    public required int Sessions { get; init; }

    /// <summary><c>serving</c>, <c>draining</c> or <c>down</c>.</summary>
    public required string State { get; init; }

    /// <summary>Share of its processors in use, in [0, 1]; null when not said.</summary>
    public double? Cpu { get; init; }

    /// <summary>Share of its memory in use, in [0, 1]; null when not said.</summary>
    public double? Memory { get; init; }

    /// <summary>Streams that publishers send to it, and those whose audience changed, at most 64; null for none.</summary>
    public IReadOnlyList<ReportStreamMessage>? Streams { get; init; }

    /// <summary>Load by number of the replica that assigned it; null when the node cannot tell.</summary>
    public IReadOnlyDictionary<string, ReportReplicaMessage>? ByReplica { get; init; }

    /// <summary>Epoch of the escrow weights that the node was last told; null before it was.</summary>
    public long? EscrowEpoch { get; init; }

    /// <summary>Limits other than egress, at most 16; null for none.</summary>
    public IReadOnlyList<ReportLimitMessage>? Limits { get; init; }

    /// <summary>What comes in, from publishers and from upstream, bit/s; null when not said.</summary>
    public long? IngressBps { get; init; }

    /// <summary>The same by upstream, at most 64; null when not said.</summary>
    public IReadOnlyList<ReportPullMessage>? Pulls { get; init; }

    /// <summary>Names of streams whose upstream it asks for, at most 64; null for none.</summary>
    public IReadOnlyList<string>? Upstream { get; init; }
}
