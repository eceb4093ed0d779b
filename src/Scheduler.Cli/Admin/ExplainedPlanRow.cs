namespace Scheduler.Cli.Admin;

/// <summary>The plan behind an explanation.</summary>
internal sealed record ExplainedPlanRow(long? Version, string? State);
