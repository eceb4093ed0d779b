namespace Scheduler.Simulator.Measures;

/// <summary>One moment of a run, for plots.</summary>
/// <param name="AtS">When, virtual s.</param>
/// <param name="Gap">Cost over the lower bound, less one.</param>
/// <param name="MeanUtilisation">Load of all sites over their capacity.</param>
/// <param name="MostUtilisation">Of the fullest site.</param>
/// <param name="LoadGbps">What all sites send, Gbit/s.</param>
/// <param name="Live">Viewers there are.</param>
public readonly record struct RunSample(int AtS, double Gap, double MeanUtilisation, double MostUtilisation, double LoadGbps, int Live);
