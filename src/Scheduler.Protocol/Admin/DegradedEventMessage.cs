namespace Scheduler.Protocol.Admin;

/// <summary>A degraded mode begins or ends, as those who follow hear it.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Revision">The revision in force.</param>
/// <param name="Mode">Its name, as in the status.</param>
/// <param name="Holds">True when it begins, false when it ends.</param>
/// <param name="Detail">What is the matter, in words; absent when it ends.</param>
public sealed record DegradedEventMessage(DateTimeOffset At, long Revision, string Mode, bool Holds, string? Detail = null);
