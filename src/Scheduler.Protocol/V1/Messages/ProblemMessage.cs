using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Messages;

/// <summary>Problem details (RFC 9457), for those who receive them.</summary>
public sealed record ProblemMessage
{
    /// <summary>URI of the kind of problem, relative to the scheduler; null stands for <c>about:blank</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Summary, the same for each of the kind.</summary>
    public string? Title { get; init; }

    /// <summary>HTTP status; null when not said.</summary>
    public int? Status { get; init; }

    /// <summary>What is particular to this time; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Fields at fault; null for none.</summary>
    public IReadOnlyList<WireProblem>? Errors { get; init; }
}
