namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/revisions/{n}/diff</c>.</summary>
internal sealed record RevisionDiff(long? Revision, DateTimeOffset? At, string? Author, string? Reason, string? Kind, IReadOnlyList<ChangeRow>? Changes);
