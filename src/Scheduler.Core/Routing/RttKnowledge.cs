namespace Scheduler.Core.Routing;

/// <summary>Tells whether the round-trip time between a cell and a site was measured; where it was not, exploration may try the site.</summary>
/// <param name="cell">The cell.</param>
/// <param name="site">The site.</param>
public delegate bool RttKnowledge(CellPlace cell, IndexedSite site);
