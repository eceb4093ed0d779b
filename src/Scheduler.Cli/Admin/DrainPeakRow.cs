namespace Scheduler.Cli.Admin;

/// <summary>A drain at the busiest moment until its end.</summary>
internal sealed record DrainPeakRow(DateTimeOffset? At, bool? Feasible, double? MaxUtilisation, string? AtSite);
