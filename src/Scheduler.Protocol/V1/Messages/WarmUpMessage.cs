namespace Scheduler.Protocol.V1.Messages;

/// <summary>A stream that a node should pull now, because others are about to pull it from there.</summary>
/// <param name="Node">Id of the node.</param>
/// <param name="Stream">Name of the stream.</param>
public sealed record WarmUpMessage(string Node, string Stream);
