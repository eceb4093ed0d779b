namespace Scheduler.Protocol.Peers;

/// <summary>What a plan asks for load at a site.</summary>
/// <param name="Site">Permanent number of the site; at least 0.</param>
/// <param name="AskedMs">What one more Mbit/s is worth there, ms-equivalents; at least 0.</param>
public readonly record struct NumberedPrice(int Site, float AskedMs);
