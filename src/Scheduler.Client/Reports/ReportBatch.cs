using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Client.Reports;

/// <summary>Reports of some nodes, measured at one moment.</summary>
/// <param name="incarnation">Start of the reporter.</param>
public sealed class ReportBatch(long incarnation)
{
    private readonly List<(NodeMeasurement Node, ImmutableArray<ReplicaLoad> Leased)> _nodes = [];

    /// <summary>Start of the reporter, Unix s.</summary>
    public long Incarnation => incarnation;

    /// <summary>Count of its rounds.</summary>
    public long Sequence { get; private set; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Epoch of the escrow weights that the scheduler told last; null before it did.</summary>
    public long? EscrowEpoch { get; private set; }

    /// <summary>The nodes, each with its load by replica and what it leases to each; empty where it leases nothing.</summary>
    public IReadOnlyList<(NodeMeasurement Node, ImmutableArray<ReplicaLoad> Leased)> Nodes => _nodes;

    internal void Begin(long sequence, DateTimeOffset at, long? escrowEpoch)
    {
        (Sequence, At, EscrowEpoch) = (sequence, at, escrowEpoch);
        _nodes.Clear();
    }

    internal void Add(in NodeMeasurement node, ImmutableArray<ReplicaLoad> leased) => _nodes.Add((node, leased));
}
