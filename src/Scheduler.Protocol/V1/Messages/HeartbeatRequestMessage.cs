namespace Scheduler.Protocol.V1.Messages;

/// <summary>The body of <c>POST /v1/sessions/heartbeat</c>, for those who send it.</summary>
public sealed record HeartbeatRequestMessage
{
    /// <summary>The session's newest token.</summary>
    public required string Token { get; init; }

    /// <summary>Round trip to the node, ms; null when not measured.</summary>
    public double? RttMs { get; init; }

    /// <summary>What the player could draw, bit/s; null when not measured.</summary>
    public long? ThroughputBps { get; init; }

    /// <summary>How long playing stood still since the last beat, ms; null when not measured.</summary>
    public double? StallMs { get; init; }
}
