namespace Scheduler.Client.Sessions;

/// <summary>A beat as it is on the wire.</summary>
internal sealed record HeartbeatMessage(string Token, double? RttMs, long? ThroughputBps, double? StallMs);
