namespace Scheduler.Protocol.Admin;

/// <summary>One change: who, when, why.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Author">Who: the name of the key, or <c>scheduler</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Kind">What it changed: <c>fleet</c>, <c>node</c>, <c>drain</c>, <c>undrain</c>, <c>expiry</c> or <c>rollback</c>.</param>
public sealed record RevisionMessage(long Revision, DateTimeOffset At, string Author, string Reason, string Kind);
