namespace Scheduler.Client.Sessions;

/// <summary>What the player measured since its last beat.</summary>
/// <param name="RttMs">Round trip to its node, ms; null when not measured.</param>
/// <param name="ThroughputBps">Throughput seen, bit/s; null when not measured.</param>
/// <param name="StallMs">Time that playback stood still, ms; null when not measured.</param>
public readonly record struct PlaybackQuality(double? RttMs, long? ThroughputBps, double? StallMs);
