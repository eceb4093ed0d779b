namespace Scheduler.Cli.Admin;

/// <summary>Whether a site could be drained.</summary>
internal sealed record DrainableRow(string? Verdict, DateTimeOffset? Until, string? Why);
