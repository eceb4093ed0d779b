namespace Scheduler.Cli.Admin;

/// <summary>Body of <c>POST /v1/admin/drains:preview</c>. Only what is given is sent.</summary>
internal sealed record DrainPreviewOrder(DrainOrder.TargetBody Target, DateTimeOffset ExpiresAt);
