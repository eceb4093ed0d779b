using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Cli.Admin;

/// <summary>Problem details as this command prints them for programs.</summary>
internal sealed record ProblemRow(
    string? Type, string Title, int? Status, string? Detail, IReadOnlyList<WireProblem> Errors, double? RetryAfterS);
