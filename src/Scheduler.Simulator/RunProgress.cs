namespace Scheduler.Simulator;

/// <summary>How far a run is.</summary>
/// <param name="AtS">Virtual time that has passed, s.</param>
/// <param name="OfS">Virtual time of the whole run, s.</param>
/// <param name="Live">Viewers there are.</param>
/// <param name="PeakUtilisation">Highest utilisation of a site so far; null before it is measured.</param>
public readonly record struct RunProgress(int AtS, int OfS, int Live, double? PeakUtilisation);
