namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/explain?session=</c>.</summary>
internal sealed record LoggedDecisionList(string? Session, IReadOnlyList<LoggedDecisionRow>? Decisions);
