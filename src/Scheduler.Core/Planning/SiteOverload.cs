namespace Scheduler.Core.Planning;

/// <summary>A site that a plan gives more than it may carry.</summary>
/// <param name="Site">Index of the site.</param>
/// <param name="OverMbps">Load beyond its capacity, Mbit/s; above 0.</param>
public readonly record struct SiteOverload(int Site, double OverMbps);
