using System.Collections.Immutable;
using Scheduler.Core.Upstreams;

namespace Scheduler.State.Upstreams;

/// <summary>From where a node is to pull a stream.</summary>
/// <param name="Node">Index of the node that pulls.</param>
/// <param name="Stream">Hash of the stream.</param>
/// <param name="Outcome">How it was answered.</param>
/// <param name="Parents">Nodes to pull from, best first; empty when none can serve, or the stream comes in at the node itself.</param>
public sealed record ParentAnswer(int Node, ulong Stream, UpstreamOutcome Outcome, ImmutableArray<UpstreamParent> Parents);
