using System.Collections.Immutable;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Client;

/// <summary>Why a call did not succeed: the scheduler's problem details (RFC 9457), or that no answer came.</summary>
/// <param name="Status">HTTP status of the answer; null when no answer came (refused, reset, timed out).</param>
/// <param name="Title">One line for people.</param>
/// <param name="Detail">More, for people; null when there is no more.</param>
/// <param name="Errors">Every field at fault; empty when none is.</param>
/// <param name="RetryAfter">How long the scheduler asks to wait; null when it did not say.</param>
/// <param name="Type">URI reference that names the kind of problem; null when not given.</param>
public sealed record SchedulerProblem(
    int? Status,
    string Title,
    string? Detail,
    ImmutableArray<WireProblem> Errors,
    TimeSpan? RetryAfter,
    string? Type)
{
    /// <summary>True when no answer came at all.</summary>
    public bool IsUnreachable => Status is null;

    /// <summary>True when the same call may succeed later: no answer, overload, or a server that is not ready.</summary>
    public bool MayPass => Status is null or 408 or 429 or 502 or 503 or 504;

    /// <summary>True when the token or the key is no longer good: waiting does not help, a new session or another key does.</summary>
    public bool IsRefusedIdentity => Status is 401 or 403 or 404 or 410;

    /// <summary>The problem of a call that got no answer.</summary>
    /// <param name="reason">What the network said.</param>
    public static SchedulerProblem Unreachable(string reason) =>
        new(null, "The scheduler did not answer.", reason, ImmutableArray<WireProblem>.Empty, null, null);
}
