namespace Scheduler.Core.Geo;

/// <summary>The cell of an address.</summary>
/// <param name="Cell">Index into <see cref="CellMap.Cells"/>.</param>
/// <param name="PrefixLength">
/// Length of the largest block around the address in which every address has this answer: 0 to 32 for IPv4, 0 to 128 for IPv6. Fit as an
/// RFC 7871 scope.
/// </param>
public readonly record struct CellMatch(int Cell, byte PrefixLength);
