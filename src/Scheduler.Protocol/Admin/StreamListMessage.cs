using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of streams, the most watched first.</summary>
/// <param name="Count">Streams that are known, on all pages.</param>
/// <param name="Streams">The streams.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record StreamListMessage(int Count, ImmutableArray<StreamMessage> Streams, string? Next = null);
