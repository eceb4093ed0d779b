using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>Where cells lie, and the cell of each of the builder's places.</summary>
/// <param name="Cells">Ascending by id.</param>
/// <param name="CodeOfPlace">By index of the place; see <see cref="CellCode"/>.</param>
internal sealed record CellPlan(ImmutableArray<Cell> Cells, ushort[] CodeOfPlace);
