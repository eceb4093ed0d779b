namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/audit</c>, one page.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
internal sealed record AuditList(IReadOnlyList<AuditRow>? Entries, string? Next);
