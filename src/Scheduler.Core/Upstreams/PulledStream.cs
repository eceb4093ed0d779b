namespace Scheduler.Core.Upstreams;

/// <summary>A stream that is pulled from an IDC.</summary>
/// <param name="Stream">Its hash.</param>
/// <param name="Kbps">What all its children pull of it, kbit/s, at least 0: its heat.</param>
public readonly record struct PulledStream(ulong Stream, long Kbps);
