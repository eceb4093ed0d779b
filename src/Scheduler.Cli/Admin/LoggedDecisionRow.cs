namespace Scheduler.Cli.Admin;

/// <summary>A line of the decision log.</summary>
internal sealed record LoggedDecisionRow(
    DateTimeOffset? At, string? Cause, string? Outcome, string? From, IReadOnlyList<string>? Candidates, int? Replica, ExplanationRow? Explanation);
