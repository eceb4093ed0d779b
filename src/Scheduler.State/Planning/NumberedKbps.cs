namespace Scheduler.State.Planning;

/// <summary>A load of something that has a permanent number.</summary>
/// <param name="Number">Permanent number of a cell or a site.</param>
/// <param name="Kbps">Its load, kbit/s; at least 0.</param>
public readonly record struct NumberedKbps(int Number, long Kbps);
