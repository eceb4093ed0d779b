namespace Scheduler.Core.Geo;

/// <summary>Consecutive addresses of one family with the same answer.</summary>
/// <param name="First">First address, as a number of the family's width.</param>
/// <param name="Code">What is known of them; see <see cref="CellCode"/>.</param>
internal readonly record struct CellRun(UInt128 First, ushort Code);
