namespace Scheduler.Protocol.V1.Messages;

/// <summary>The body of <c>POST /v1/sessions:batch</c>, for those who send it.</summary>
public sealed record SessionBatchRequestMessage
{
    /// <summary>The requests, at most 1,000.</summary>
    public required IReadOnlyList<SessionRequestMessage> Requests { get; init; }
}
