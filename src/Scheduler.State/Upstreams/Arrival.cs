using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>A stream that a publisher sends to a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kbps">What arrives, kbit/s; over 0.</param>
/// <param name="SinceUnixMs">Since when, Unix ms: by the node's own word where it says, else when it was first heard of. The same at every replica that hears the node.</param>
/// <param name="Incarnation">Start of the node's process that said so.</param>
/// <param name="NamedAt">The node's report that named it last, by the count of <see cref="NodeReports"/>.</param>
public readonly record struct Arrival(NodeStatus Node, long Kbps, long SinceUnixMs, long Incarnation, long NamedAt);
