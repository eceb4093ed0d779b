namespace Scheduler.Cli.Admin;

/// <summary>One revision of <c>GET /v1/admin/revisions</c>.</summary>
internal sealed record RevisionRow(long? Revision, DateTimeOffset? At, string? Author, string? Reason, string? Kind);
