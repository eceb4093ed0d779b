namespace Scheduler.Core.Capacity;

/// <summary>The audience of one stream on one node.</summary>
/// <param name="Stream">64-bit hash of the stream's name.</param>
/// <param name="Viewers">Viewers there; 0 means that the stream left the node.</param>
/// <param name="EgressKbps">What they draw, kbit/s.</param>
public readonly record struct StreamLoad(ulong Stream, int Viewers, long EgressKbps);
