namespace Scheduler.Cli.Admin;

/// <summary>A site of a plan.</summary>
internal sealed record PlanSiteRow(string? Site, double? PriceMs, double? LoadBps, double? CapacityBps, double? Utilisation);
