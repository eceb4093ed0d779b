namespace Scheduler.Core.Geo;

/// <summary>Where a viewer is.</summary>
/// <param name="Cell">Index into <see cref="CellMap.Cells"/> of the locator's map.</param>
/// <param name="PrefixLength">
/// Length of the largest block around the address in which every address has this answer: 0 to 32 for IPv4, 0 to 128 for IPv6. Fit as an
/// RFC 7871 scope.
/// </param>
/// <param name="By">What the answer rests on.</param>
/// <param name="SiteList">Index into <see cref="CellLocator.SiteLists"/> when an override names sites; null otherwise.</param>
public readonly record struct Located(int Cell, byte PrefixLength, LocatedBy By, int? SiteList);
