namespace Scheduler.Cli.Admin;

/// <summary>An event <c>degraded</c> of <c>GET /v1/admin/watch</c>.</summary>
internal sealed record DegradedEventRow(DateTimeOffset? At, string? Mode, bool? Holds, string? Detail);
