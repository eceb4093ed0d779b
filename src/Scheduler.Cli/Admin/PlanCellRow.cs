namespace Scheduler.Cli.Admin;

/// <summary>A cell of a plan.</summary>
internal sealed record PlanCellRow(string? Cell, string? Class, double? DemandBps, IReadOnlyList<PlanShareRow>? Shares);
