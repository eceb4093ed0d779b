namespace Scheduler.Core.Upstreams;

/// <summary>From where is a node to pull a stream?</summary>
/// <param name="Stream">Hash of the stream.</param>
/// <param name="Node">Index of the node that asks: an edge node of a PoP or of an IDC, or an IDC's node that relays.</param>
/// <param name="Kbps">Bit rate of the stream, kbit/s, at least 0.</param>
/// <param name="WarmEpoch">Now, in epochs of the <see cref="Dispatch.StreamTable"/>.</param>
/// <param name="Current">Index of the node it pulls from now: its bits count there already, and it is kept while it is about as good; null for none.</param>
public readonly record struct UpstreamQuestion(ulong Stream, int Node, long Kbps, int WarmEpoch, int? Current = null);
