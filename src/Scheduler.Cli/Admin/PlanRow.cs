namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/plan</c>.</summary>
internal sealed record PlanRow(
    double? Version,
    double? Revision,
    string? State,
    double? AgeMs,
    double? SolvedMsAgo,
    string? Reason,
    double? SolveMs,
    double? Sweeps,
    double? DemandBps,
    double? Gap,
    bool? Feasible,
    IReadOnlyList<PlanSiteRow>? Sites,
    IReadOnlyList<PlanCellRow>? Cells);
