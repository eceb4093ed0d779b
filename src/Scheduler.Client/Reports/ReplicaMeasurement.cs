using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Client.Reports;

/// <summary>The part of a node's load that one scheduler replica assigned.</summary>
/// <param name="Replica">Number of the replica, in [1, 255].</param>
/// <param name="Sessions">Viewers.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
public readonly record struct ReplicaMeasurement(int Replica, int Sessions, long EgressBps)
{
    /// <summary>
    /// What of the replica's newest admissions has begun to be served, all of which <see cref="EgressBps"/> counts at the bit rate of its ticket from its first byte on; null when that is not
    /// counted. <see cref="StartLedger"/> counts it.
    /// </summary>
    public StartedLoad? Started { get; init; }
}
