namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/keys</c>.</summary>
internal sealed record KeyList(IReadOnlyList<KeyRow>? Keys);
