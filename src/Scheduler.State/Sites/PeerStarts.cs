namespace Scheduler.State.Sites;

/// <summary>What peers heard of starts, for one writer.</summary>
/// <param name="HeardAtMs">When it was heard, monotonic ms.</param>
/// <param name="Nodes">Node by node.</param>
public sealed record PeerStarts(long HeardAtMs, ArraySegment<PeerStart> Nodes);
