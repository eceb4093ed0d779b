using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;

namespace Scheduler.State.Control;

/// <summary>Where viewers are: a loaded cell map with the operator's overrides, and the permanent numbers of its cells.</summary>
/// <param name="Locator">Address to cell.</param>
/// <param name="Cells">Cells by dense index, in the locator's order.</param>
public sealed record Geography(CellLocator Locator, ImmutableArray<CellPlace> Cells);
