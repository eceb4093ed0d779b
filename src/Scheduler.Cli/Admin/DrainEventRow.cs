namespace Scheduler.Cli.Admin;

/// <summary>An event <c>drain</c> of <c>GET /v1/admin/watch</c>.</summary>
internal sealed record DrainEventRow(DateTimeOffset? At, DrainRow? Drain);
