using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>The audience of a stream on one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Viewers">Viewers there; over 0.</param>
/// <param name="Kbps">What they draw, kbit/s.</param>
/// <param name="Incarnation">Start of the node's process that said so.</param>
public readonly record struct AudienceAt(NodeStatus Node, int Viewers, long Kbps, long Incarnation);
