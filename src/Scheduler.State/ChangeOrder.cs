using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>Who wants a change, why, and upon what.</summary>
/// <param name="Author">Name of the key, or <c>scheduler</c>.</param>
/// <param name="Reason">Why, in the author's words.</param>
/// <param name="IfMatch">The revision that the author has seen: another newest one loses the race. Null takes any.</param>
/// <param name="Request">The repeatable request that asks; null when it is none.</param>
public sealed record ChangeOrder(string Author, string Reason, long? IfMatch = null, RequestMark? Request = null)
{
    /// <summary>True to foresee only: nothing is changed, and the result is <see cref="ChangeResult.Foreseen"/>.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Fence of the lease by which a replica makes the change by itself; null for an operator's. A stale one ends as <see cref="ChangeResult.Lost"/>.</summary>
    public long? Fence { get; init; }
}
