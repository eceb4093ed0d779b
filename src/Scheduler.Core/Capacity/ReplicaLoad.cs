namespace Scheduler.Core.Capacity;

/// <summary>The part of a node's load that one scheduler replica assigned.</summary>
/// <param name="Replica">Number of the replica, in [1, 255].</param>
/// <param name="Sessions">Viewers.</param>
/// <param name="EgressKbps">What they draw, kbit/s.</param>
public readonly record struct ReplicaLoad(int Replica, int Sessions, long EgressKbps)
{
    /// <summary>What the node leases to the replica; null when the node leases nothing to anybody.</summary>
    public EscrowGrant? Grant { get; init; }

    /// <summary>What of the replica's newest admissions the load contains or has contained; null when the node does not count it.</summary>
    public StartedLoad? Started { get; init; }
}
