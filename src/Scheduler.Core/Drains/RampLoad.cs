namespace Scheduler.Core.Drains;

/// <summary>What closing a target pushes onto its receivers, and what they can bear.</summary>
/// <param name="FreeKbps">The target's free part, all of it, kbit/s.</param>
/// <param name="ArrivingKbps">What came to the target within <see cref="DrainRamp.StepMs"/> while it was open, kbit/s.</param>
/// <param name="HeadroomKbps">What the receivers can take in, kbit/s; see <see cref="MigrationPacer.RoomKbps"/>.</param>
public readonly record struct RampLoad(long FreeKbps, long ArrivingKbps, long HeadroomKbps);
