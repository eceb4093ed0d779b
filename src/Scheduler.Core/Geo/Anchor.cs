using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>The place that a cell is built around.</summary>
/// <param name="Country">Country of the cell.</param>
/// <param name="Place">Name of the place.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="KnownId">Id that the cell had in the map before; null for a new one.</param>
internal sealed record Anchor(string Country, string Place, GeoPoint Location, string? KnownId);
