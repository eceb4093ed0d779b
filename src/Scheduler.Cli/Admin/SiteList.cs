namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/sites</c>.</summary>
internal sealed record SiteList(IReadOnlyList<SiteRow>? Sites);
