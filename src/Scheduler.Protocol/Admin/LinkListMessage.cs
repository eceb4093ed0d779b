using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of links, the fullest first.</summary>
/// <param name="Count">Links on all pages.</param>
/// <param name="Links">The links.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record LinkListMessage(int Count, ImmutableArray<LinkMessage> Links, string? Next = null);
