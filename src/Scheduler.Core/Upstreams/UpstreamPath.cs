namespace Scheduler.Core.Upstreams;

/// <summary>A way to an IDC that can be pulled from, with what stands behind it, while paths are compared.</summary>
/// <param name="Site">Index of the IDC.</param>
/// <param name="Way">Index of the way from it; null inside one site.</param>
/// <param name="CostMs">What the path costs, ms-equivalents.</param>
/// <param name="RttMs">Round-trip times of its hops.</param>
/// <param name="Relays">True when the IDC is not the stream's home.</param>
/// <param name="Carries">True when the IDC has the stream.</param>
internal readonly record struct UpstreamPath(int Site, int? Way, float CostMs, float RttMs, bool Relays, bool Carries);
