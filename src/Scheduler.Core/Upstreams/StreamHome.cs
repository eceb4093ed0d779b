namespace Scheduler.Core.Upstreams;

/// <summary>Where a stream comes in.</summary>
/// <param name="Node">Index of the node at which it arrives: its site is the stream's home.</param>
/// <param name="Backup">Index of the node at which a second publisher's copy arrives, which takes over; null without one.</param>
public readonly record struct StreamHome(int Node, int? Backup);
