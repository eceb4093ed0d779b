using Scheduler.Core.Geo;
using Scheduler.Core.Units;

namespace Scheduler.Simulator.Worlds;

/// <summary>
/// Round-trip times as the internet has them: the median of <see cref="RttModel"/>, and around it the spread that pairs of the same distance
/// show. A pair keeps its time for a seed.
/// </summary>
/// <remarks>
/// The spread is lognormal. Its sigma falls with distance, from 0.65 below 200 km to 0.18 beyond 12,000 km: both ends as measured on the mesh that
/// the medians come from (WonderNetwork, July 2020); between them it is taken to fall evenly with the logarithm of the distance.
/// </remarks>
public static class RttField
{
    private const double NearKm = 100;
    private const double FarKm = 12_000;
    private const double NearSigma = 0.65;
    private const double FarSigma = 0.18;

    /// <summary>Light in fibre needs a millisecond for 100 km and back.</summary>
    private const double FibreKmPerMs = 100;

    /// <summary>Time of a pair, ms; at least what light in fibre needs, and half a millisecond.</summary>
    /// <param name="from">One place.</param>
    /// <param name="to">The other.</param>
    /// <param name="pair">A number that belongs to the pair and the seed.</param>
    public static double Ms(GeoPoint from, GeoPoint to, ulong pair)
    {
        double km = from.DistanceKm(to);
        double ms = RttModel.EstimateMs(km) * Math.Exp(SigmaAt(km) * Chance.NormalOf(pair));
        return Math.Max(0.5, Math.Max(km / FibreKmPerMs, ms));
    }

    /// <summary>Sigma of the logarithm of the time over a distance.</summary>
    /// <param name="km">Distance, km; at least 0.</param>
    public static double SigmaAt(double km)
    {
        double share = Math.Log(Math.Clamp(km, NearKm, FarKm) / NearKm) / Math.Log(FarKm / NearKm);
        return NearSigma + (share * (FarSigma - NearSigma));
    }
}
