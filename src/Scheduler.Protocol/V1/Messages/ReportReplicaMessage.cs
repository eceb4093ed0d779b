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

    /// <summary>Weight of the sessions of the replica's newest admissions that were served for the first time, bit/s, each once; null when the node does not count it.</summary>
    public long? StartedBps { get; init; }

    /// <summary>The oldest admission period that <see cref="StartedBps"/> counts, as tickets tell it, in [0, 63]; null as that.</summary>
    public int? StartedSince { get; init; }
}
