namespace Scheduler.Client.Reports;

/// <summary>The part of a node's load that one scheduler replica assigned.</summary>
/// <param name="Replica">Number of the replica, in [1, 255].</param>
/// <param name="Sessions">Viewers.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
public readonly record struct ReplicaMeasurement(int Replica, int Sessions, long EgressBps);
