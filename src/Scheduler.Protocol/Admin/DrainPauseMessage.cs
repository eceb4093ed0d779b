namespace Scheduler.Protocol.Admin;

/// <summary>Why a drain asks nobody to move for now.</summary>
/// <param name="Cause"><c>receiver_full</c>, <c>receiver_fails</c>, <c>no_room</c> or <c>frozen</c>.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Site">The site that is the reason; absent when it is no single one.</param>
public sealed record DrainPauseMessage(string Cause, string Reason, string? Site = null);
