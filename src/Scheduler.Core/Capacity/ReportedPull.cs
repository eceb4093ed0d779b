namespace Scheduler.Core.Capacity;

/// <summary>What one node pulls from one upstream.</summary>
/// <param name="Upstream">64-bit hash of the upstream's id, as <see cref="Sessions.StreamName.Hash"/> makes it: an IDC, or one of its nodes.</param>
/// <param name="Kbps">What comes from there, kbit/s; at least 0.</param>
/// <param name="Streams">Streams that it pulls from there; at least 0, 0 when the node does not say.</param>
public readonly record struct ReportedPull(ulong Upstream, long Kbps, int Streams);
