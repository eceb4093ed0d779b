namespace Scheduler.Cli.Admin;

/// <summary>A candidate of a cell of a plan.</summary>
internal sealed record PlanShareRow(string? Site, double? CostMs, double? Share);
