using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>POST /v1/admin/revisions/{n}:rollback</c>.</summary>
/// <param name="Revision">The revision that now holds the restored state; the old one when nothing was different.</param>
/// <param name="Restored">The revision whose state was restored.</param>
/// <param name="Drains">Ids of the drains that hold now. Drains that had expired meanwhile are not restored.</param>
public sealed record RollbackMessage(long Revision, long Restored, ImmutableArray<string> Drains);
