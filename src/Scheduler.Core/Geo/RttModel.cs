using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>
/// Round-trip time by great-circle distance, for pairs that nobody has measured yet. Piecewise linear and never falling, through the
/// medians of a public mesh of 246 servers and 59,887 pairs (WonderNetwork, July 2020), each set at the middle of its bin of distances.
/// </summary>
public static class RttModel
{
    // Bins: 0-200 km 8.2 ms, 200-500 15, 500-1000 25.6, 1-2 Mm 41, 2-4 Mm 68.5, 4-8 Mm 121.5, 8-12 Mm 182, over 12 Mm 262. The first knot
    // is the last mile alone; the last one continues the slope before it to the antipode.
    private static ReadOnlySpan<double> KnotsKm => [0, 100, 350, 750, 1_500, 3_000, 6_000, 10_000, 16_000, 20_040];
    private static ReadOnlySpan<double> KnotsMs => [3, 8.2, 15, 25.6, 41, 68.5, 121.5, 182, 262, 315.9];

    /// <summary>Typical round-trip time over a distance, ms, in [3, 316].</summary>
    /// <param name="distanceKm">Great-circle distance, km, at least 0; more than half the globe counts as half the globe.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public static double EstimateMs(double distanceKm)
    {
        if (!(distanceKm >= 0)) throw new ArgumentOutOfRangeException(nameof(distanceKm), distanceKm, "a distance is at least 0 km");
        ReadOnlySpan<double> km = KnotsKm, ms = KnotsMs;
        for (int i = 1; i < km.Length; i++)
            if (distanceKm < km[i]) return ms[i - 1] + ((ms[i] - ms[i - 1]) * (distanceKm - km[i - 1]) / (km[i] - km[i - 1]));
        return ms[^1];
    }

    /// <summary>Typical round-trip time between two places, ms, in [3, 316].</summary>
    /// <param name="from">One place.</param>
    /// <param name="to">The other place.</param>
    public static double EstimateMs(GeoPoint from, GeoPoint to) => EstimateMs(from.DistanceKm(to));
}
