namespace Scheduler.Core.Routing;

/// <summary>A site as one cell sees it.</summary>
/// <param name="Site">Index of the site.</param>
/// <param name="RttMs">Round-trip time, ms.</param>
/// <param name="CostMs">a: round-trip time, its excess and the price of bandwidth, in ms-equivalents.</param>
/// <param name="Measured">Whether <paramref name="RttMs"/> rests on measurements.</param>
public readonly record struct Candidate(int Site, float RttMs, float CostMs, bool Measured);
