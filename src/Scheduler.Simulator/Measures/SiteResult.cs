using Scheduler.Core.Topology;

namespace Scheduler.Simulator.Measures;

/// <summary>How a site fared.</summary>
/// <param name="Site">The site.</param>
/// <param name="MeanUtilisation">Load over capacity, mean over the measured time.</param>
/// <param name="PeakUtilisation">Load over capacity, at most.</param>
public sealed record SiteResult(Site Site, double MeanUtilisation, double PeakUtilisation);
