namespace Scheduler.Protocol.Admin;

/// <summary>A line of the decision log: a decision on a session, with what was looked at.</summary>
/// <param name="Session">Identity of the session, as its answer gave it.</param>
/// <param name="At">When.</param>
/// <param name="Cause"><c>opened</c>, <c>drained</c>, <c>relocated</c>, <c>left</c> (its node could not be used any more), or <c>failed</c>.</param>
/// <param name="Outcome">How it ended: <c>decision</c> of the explanation, or what it became because another request was faster.</param>
/// <param name="From">The node that it was on; absent where it was on none.</param>
/// <param name="Candidates">The nodes that were named, best first; none for a refusal.</param>
/// <param name="Replica">Number of the replica that decided.</param>
/// <param name="Explanation">What was looked at, and what each alternative had against it.</param>
public sealed record LoggedDecisionMessage(
    string Session, DateTimeOffset At, string Cause, string Outcome, string? From, IReadOnlyList<string> Candidates, int Replica, ExplanationMessage Explanation);
