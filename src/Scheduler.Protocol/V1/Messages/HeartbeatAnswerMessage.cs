namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to a beat, for those who receive it.</summary>
public sealed record HeartbeatAnswerMessage
{
    /// <summary><c>stay</c> or <c>move</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The renewed token.</summary>
    public required string Token { get; init; }

    /// <summary>Where to move to, best first; null on <c>stay</c>.</summary>
    public IReadOnlyList<CandidateMessage>? Candidates { get; init; }

    /// <summary>When to beat next, s.</summary>
    public required int HeartbeatS { get; init; }
}
