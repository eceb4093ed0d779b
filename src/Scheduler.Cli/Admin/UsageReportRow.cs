namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/usage</c>.</summary>
internal sealed record UsageReportRow(DateTimeOffset? From, DateTimeOffset? To, string? By, IReadOnlyList<UsageRow>? Rows, UsageRow? Total);
