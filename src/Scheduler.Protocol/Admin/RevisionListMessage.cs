using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of revisions, the newest first.</summary>
/// <param name="Revisions">The revisions.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record RevisionListMessage(ImmutableArray<RevisionMessage> Revisions, string? Next = null);
