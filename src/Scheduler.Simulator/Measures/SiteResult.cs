using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Simulator.Measures;

/// <summary>How a site fared.</summary>
/// <param name="Site">The site.</param>
/// <param name="Capacity">What its nodes were built to send, whatever befell them in the run.</param>
/// <param name="MeanUtilisation">Load over capacity, mean over the measured time.</param>
/// <param name="PeakUtilisation">Load over capacity, at most.</param>
public sealed record SiteResult(Site Site, BitRate Capacity, double MeanUtilisation, double PeakUtilisation);
