namespace Scheduler.Cli.Admin;

/// <summary>What the planner expects.</summary>
internal sealed record ForecastRow(double? Cost, double? MaxUtilisation, string? MostUtilised, bool? Feasible);
