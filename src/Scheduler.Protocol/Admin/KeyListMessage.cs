using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of keys, the oldest first, revoked ones included.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record KeyListMessage(ImmutableArray<KeyMessage> Keys, string? Next = null);
