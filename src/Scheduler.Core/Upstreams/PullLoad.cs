namespace Scheduler.Core.Upstreams;

/// <summary>What a node pulls over one way, as it reports.</summary>
/// <param name="Way">Index of the way.</param>
/// <param name="Kbps">What it pulls there, kbit/s, at least 0.</param>
public readonly record struct PullLoad(int Way, long Kbps);
