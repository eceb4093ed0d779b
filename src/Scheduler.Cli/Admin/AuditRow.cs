namespace Scheduler.Cli.Admin;

/// <summary>One entry of <c>GET /v1/admin/audit</c>.</summary>
internal sealed record AuditRow(
    long? Number, DateTimeOffset? At, string? Caller, string? KeyId, string? Role, string? Operation, string? Target, int? Status, long? Revision, string? Reason,
    long? Calls);
