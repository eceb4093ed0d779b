namespace Scheduler.State.Upstreams;

/// <summary>A stream that a node asked an upstream for, and is told when that changes.</summary>
/// <param name="Parent">Index of the node that it was told first.</param>
/// <param name="AskedAtMs">When it last asked, monotonic ms.</param>
internal readonly record struct FollowedPull(int Parent, long AskedAtMs);
