namespace Scheduler.Core.Capacity;

/// <summary>One stream on one node: its audience there, and what a publisher sends.</summary>
/// <param name="Stream">64-bit hash of the stream's name.</param>
/// <param name="Viewers">Viewers there; 0 means that the stream left the node.</param>
/// <param name="EgressKbps">What they draw, kbit/s.</param>
public readonly record struct StreamLoad(ulong Stream, int Viewers, long EgressKbps)
{
    /// <summary>
    /// What a publisher sends of it to the node, kbit/s: 0 when nothing arrives any more. Null when the entry speaks of viewers alone, as those of edge nodes do.
    /// </summary>
    public long? IngressKbps { get; init; }

    /// <summary>When its publisher connected there, by the node's clock, Unix ms; null when the node did not say.</summary>
    public long? SinceUnixMs { get; init; }
}
