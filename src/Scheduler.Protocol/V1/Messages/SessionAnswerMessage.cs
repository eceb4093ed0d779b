namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to a session or a failover, for those who receive it.</summary>
public sealed record SessionAnswerMessage
{
    /// <summary>Identity of the session.</summary>
    public required string Session { get; init; }

    /// <summary>To be given back with every beat; for the scheduler alone.</summary>
    public required string Token { get; init; }

    /// <summary>When to beat, s.</summary>
    public required int HeartbeatS { get; init; }

    /// <summary>When the session ends unless it beats.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Id of the viewer's cell.</summary>
    public required string Cell { get; init; }

    /// <summary>Nodes, best first.</summary>
    public required IReadOnlyList<CandidateMessage> Candidates { get; init; }

    /// <summary>Address of the steering manifest; null where there is none.</summary>
    public string? SteeringUrl { get; init; }

    /// <summary>Revision of the configuration that decided.</summary>
    public required long Revision { get; init; }

    /// <summary><c>placed</c>, <c>sticky</c>, <c>spilled</c>, <c>panic</c> or <c>frozen</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Of a publisher: <c>primary</c>, or <c>backup</c> while another one is there; null for viewers.</summary>
    public string? Role { get; init; }
}
