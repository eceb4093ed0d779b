namespace Scheduler.State.Rtts;

/// <summary>What one player measured.</summary>
/// <param name="Cell">Permanent number of his cell.</param>
/// <param name="Site">Permanent number of the site that he plays from.</param>
/// <param name="Network"><see cref="Core.Dispatch.ViewerHash.OfNetwork"/> of his address.</param>
/// <param name="Ms">Round-trip time, ms.</param>
public readonly record struct RttSample(int Cell, int Site, ulong Network, float Ms);
