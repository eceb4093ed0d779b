using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>A revision that has no number yet.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Author">Name of the key that makes it, or <c>scheduler</c>.</param>
/// <param name="Reason">Why, in the author's words.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Request">The repeatable request that makes it; null when it is none.</param>
/// <param name="Documents">The complete state, by document name; what the store already holds is not written again.</param>
public sealed record RevisionDraft(
    DateTimeOffset At,
    string Author,
    string Reason,
    RevisionKind Kind,
    RequestMark? Request,
    ImmutableSortedDictionary<string, Document> Documents)
{
    /// <summary>The fence of the leader that makes it by itself; the store checks it within the append. Null for what an operator orders, which no lease is needed for.</summary>
    public long? Fence { get; init; }
}
