namespace Scheduler.Core.Geo;

/// <summary>Consecutive addresses that share a cell.</summary>
/// <param name="First">First address.</param>
/// <param name="Last">Last address, inclusive, of the same family.</param>
/// <param name="Cell">Index into <see cref="CellMap.Cells"/>.</param>
public readonly record struct CellRange(IpKey First, IpKey Last, int Cell);
