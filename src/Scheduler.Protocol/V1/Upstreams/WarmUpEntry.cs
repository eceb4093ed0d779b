namespace Scheduler.Protocol.V1.Upstreams;

/// <summary>A stream that a node should pull now: others are about to pull it from there.</summary>
/// <param name="Node">Id of the node.</param>
/// <param name="Stream">Name of the stream.</param>
public readonly record struct WarmUpEntry(string Node, string Stream);
