namespace Scheduler.Protocol.V1.Messages;

/// <summary>The audience of a stream on a node.</summary>
/// <param name="Id">Name of the stream.</param>
/// <param name="Viewers">Viewers there; 0 when the stream left the node.</param>
/// <param name="EgressBps">What they draw, bit/s; null when not measured.</param>
public sealed record ReportStreamMessage(string Id, int Viewers, long? EgressBps);
