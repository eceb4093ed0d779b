using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>One immutable change of the configuration: who, when, why, and the complete state after it by reference.</summary>
/// <param name="Number">From 1 up, without gaps.</param>
/// <param name="At">When it was made; whole microseconds.</param>
/// <param name="Author">Name of the key that made it, or <c>scheduler</c>.</param>
/// <param name="Reason">Why, in the author's words.</param>
/// <param name="Kind">What it changed.</param>
/// <param name="Request">The repeatable request that made it; null when it was none.</param>
/// <param name="Documents">Hash of each document of the state, by document name.</param>
public sealed record Revision(
    long Number,
    DateTimeOffset At,
    string Author,
    string Reason,
    RevisionKind Kind,
    RequestMark? Request,
    ImmutableSortedDictionary<string, string> Documents);
