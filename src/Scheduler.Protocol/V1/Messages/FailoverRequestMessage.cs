namespace Scheduler.Protocol.V1.Messages;

/// <summary>The body of <c>POST /v1/sessions/failover</c>, for those who send it.</summary>
public sealed record FailoverRequestMessage
{
    /// <summary>The session's newest token.</summary>
    public required string Token { get; init; }

    /// <summary>Id of the node that failed.</summary>
    public required string Failed { get; init; }

    /// <summary>What happened: 1 to 64 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the spare candidate that the player plays from since; it is preferred. Null when he waits for the answer.</summary>
    public string? Playing { get; init; }
}
