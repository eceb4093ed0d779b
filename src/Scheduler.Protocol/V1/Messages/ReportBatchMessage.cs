namespace Scheduler.Protocol.V1.Messages;

/// <summary>The body of <c>POST /v1/reports</c>, for those who send it.</summary>
public sealed record ReportBatchMessage
{
    /// <summary>The reports, at most 5,000 and 8 MB.</summary>
    public required IReadOnlyList<ReportMessage> Reports { get; init; }
}
