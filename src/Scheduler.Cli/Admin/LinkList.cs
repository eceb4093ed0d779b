namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/links</c>, one page.</summary>
/// <param name="Count">Links on all pages.</param>
/// <param name="Links">The fullest first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
internal sealed record LinkList(double? Count, IReadOnlyList<LinkRow>? Links, string? Next);
