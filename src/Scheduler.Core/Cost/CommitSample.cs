namespace Scheduler.Core.Cost;

/// <summary>The mean load of a site over five minutes of the calendar, UTC.</summary>
/// <param name="SlotUnixMs">When they began, Unix ms.</param>
/// <param name="Mbps">The mean, Mbit/s; at least 0.</param>
public readonly record struct CommitSample(long SlotUnixMs, double Mbps);
