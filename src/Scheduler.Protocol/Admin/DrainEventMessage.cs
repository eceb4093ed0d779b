namespace Scheduler.Protocol.Admin;

/// <summary>How a drain goes on, as those who follow hear it.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Revision">The revision in force.</param>
/// <param name="Drain">The drain and how far it has come.</param>
public sealed record DrainEventMessage(DateTimeOffset At, long Revision, DrainMessage Drain);
