using System.Collections.Immutable;

namespace Scheduler.Protocol.V1.Upstreams;

/// <summary>From where a node is to pull a stream.</summary>
/// <param name="Node">Id of the node that pulls.</param>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Outcome"><c>named</c>, <c>last_resort</c>, <c>is_home</c>, <c>no_home</c>, <c>no_way</c>, <c>no_parent</c> or <c>no_room</c>.</param>
/// <param name="Parents">Nodes to pull from, best first; at most 8, empty when none can serve or the stream comes in at the node itself.</param>
public readonly record struct UpstreamEntry(string Node, string Stream, string Outcome, ImmutableArray<UpstreamParentEntry> Parents);
