namespace Scheduler.Protocol.V1.Messages;

/// <summary>The load that one replica assigned to a node.</summary>
/// <param name="Sessions">Viewers.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
public sealed record ReportReplicaMessage(int Sessions, long EgressBps);
