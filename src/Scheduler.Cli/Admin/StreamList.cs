namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/streams</c>, one page.</summary>
/// <param name="Count">Streams on all pages.</param>
/// <param name="Streams">The most watched first.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
internal sealed record StreamList(double? Count, IReadOnlyList<StreamRow>? Streams, string? Next);
