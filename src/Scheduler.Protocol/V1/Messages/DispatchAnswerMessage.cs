namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to <c>GET /v1/dispatch</c>, for those who receive it.</summary>
public sealed record DispatchAnswerMessage
{
    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Id of the viewer's cell.</summary>
    public required string Cell { get; init; }

    /// <summary>Nodes, best first, without tickets.</summary>
    public required IReadOnlyList<CandidateMessage> Candidates { get; init; }

    /// <summary>Revision of the configuration that decided.</summary>
    public required long Revision { get; init; }

    /// <summary><c>placed</c>, <c>sticky</c>, <c>spilled</c>, <c>panic</c> or <c>frozen</c>.</summary>
    public required string Decision { get; init; }
}
