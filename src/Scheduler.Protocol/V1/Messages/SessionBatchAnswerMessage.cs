namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to a batch, for those who receive it.</summary>
public sealed record SessionBatchAnswerMessage
{
    /// <summary>One for each request, in order.</summary>
    public required IReadOnlyList<SessionBatchEntryMessage> Answers { get; init; }
}
