using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of drains, the oldest first.</summary>
/// <param name="Drains">The drains.</param>
/// <param name="Revision">The revision that the page was read from.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record DrainListMessage(ImmutableArray<DrainMessage> Drains, long Revision, string? Next = null);
