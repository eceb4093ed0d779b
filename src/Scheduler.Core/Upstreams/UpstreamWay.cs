namespace Scheduler.Core.Upstreams;

/// <summary>A way over which a site can pull: from an upstream IDC to a PoP, or from one IDC to another.</summary>
/// <param name="To">Index of the site that pulls.</param>
/// <param name="From">Index of the IDC that it pulls from.</param>
/// <param name="CapacityKbps">Most it carries, kbit/s, over 0; <see cref="long.MaxValue"/> where the fleet names no link.</param>
/// <param name="PriceMs">What a Mbit/s costs on it, ms-equivalents, at least 0; 0 where the fleet names no link.</param>
/// <param name="RttMs">Round-trip time by distance, ms: <see cref="Geo.RttModel"/>.</param>
/// <param name="Link">Position of the link in <see cref="Topology.Fleet.Links"/>; null where the fleet names none.</param>
public readonly record struct UpstreamWay(int To, int From, long CapacityKbps, float PriceMs, float RttMs, int? Link)
{
    /// <summary>One over the capacity; 0 where the fleet names no link, so that no load ever costs anything there.</summary>
    internal double InverseCapacity { get; } = CapacityKbps == long.MaxValue ? 0 : 1.0 / CapacityKbps;
}
