namespace Scheduler.Core.Routing;

/// <summary>Tells the round-trip time between a cell and a site, ms; at least 0. Called for every pair when a <see cref="CandidateTable"/> is compiled.</summary>
/// <param name="cell">The cell.</param>
/// <param name="site">The site.</param>
public delegate double RttSource(CellPlace cell, IndexedSite site);
