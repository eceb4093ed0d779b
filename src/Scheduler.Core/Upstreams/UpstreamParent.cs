namespace Scheduler.Core.Upstreams;

/// <summary>A node to pull from.</summary>
/// <param name="Node">Its index.</param>
/// <param name="Site">Index of its IDC.</param>
/// <param name="Way">Index of the way from there; null inside one site.</param>
/// <param name="CostMs">What the path costs, ms-equivalents: round-trip times, prices, load.</param>
/// <param name="RttMs">Round-trip times of its hops, added up, ms.</param>
/// <param name="Relays">True when the parent has to pull the stream itself: the path has two hops.</param>
/// <param name="Carries">True when the parent has the stream already, as far as is known.</param>
public readonly record struct UpstreamParent(int Node, int Site, int? Way, float CostMs, float RttMs, bool Relays, bool Carries);
