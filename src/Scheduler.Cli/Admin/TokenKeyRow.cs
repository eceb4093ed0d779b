namespace Scheduler.Cli.Admin;

/// <summary>Answer of <c>POST /v1/admin/token-keys:rotate</c>.</summary>
internal sealed record TokenKeyRow(int? Id, DateTimeOffset? CreatedAt, DateTimeOffset? SignsFrom);
