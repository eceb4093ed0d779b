namespace Scheduler.Protocol.V1.Messages;

/// <summary>The load that one replica assigned to a node, and what the node leases to it: the four members of a lease, or none.</summary>
/// <param name="Sessions">Viewers.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
public sealed record ReportReplicaMessage(int Sessions, long EgressBps)
{
    /// <summary>The most the replica's load may be until <see cref="LimitMs"/>, bit/s; null when nothing is leased.</summary>
    public long? LimitBps { get; init; }

    /// <summary>How long the limit holds after the measurement, ms, in [1, 600000].</summary>
    public int? LimitMs { get; init; }

    /// <summary>The most its load may be after that, bit/s; at most <see cref="LimitBps"/>.</summary>
    public long? HeldBps { get; init; }

    /// <summary>When nothing more may be admitted, ms after the measurement; at least <see cref="LimitMs"/>, at most 600000.</summary>
    public int? HeldMs { get; init; }
}
