namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/drains</c>.</summary>
internal sealed record DrainList(IReadOnlyList<DrainRow>? Drains);
