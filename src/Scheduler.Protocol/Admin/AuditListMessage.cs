using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A page of the audit log, the newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
public sealed record AuditListMessage(ImmutableArray<AuditEntryMessage> Entries, string? Next = null);
