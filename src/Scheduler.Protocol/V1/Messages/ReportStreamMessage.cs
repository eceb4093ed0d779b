namespace Scheduler.Protocol.V1.Messages;

/// <summary>A stream on a node: its audience, and what a publisher sends.</summary>
/// <param name="Id">Name of the stream.</param>
/// <param name="Viewers">Viewers there; 0 when the stream left the node.</param>
/// <param name="EgressBps">What they draw, bit/s; null when not measured.</param>
public sealed record ReportStreamMessage(string Id, int Viewers, long? EgressBps)
{
    /// <summary>What a publisher sends of it to the node, bit/s; 0 when nothing arrives any more, null when the entry speaks of viewers alone.</summary>
    public long? IngressBps { get; init; }

    /// <summary>When its publisher connected; null when not said.</summary>
    public DateTimeOffset? Since { get; init; }
}
