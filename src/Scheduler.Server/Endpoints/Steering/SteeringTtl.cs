namespace Scheduler.Server.Endpoints.Steering;

/// <summary>When a player is asked to ask again.</summary>
internal static class SteeringTtl
{
    /// <summary>Viewers who came at once must not come back at once: each time is up to this share longer or shorter.</summary>
    private const double Spread = 0.15;

    /// <summary>A time for one answer.</summary>
    /// <param name="meanS">The time to spread, s; over 0.</param>
    /// <param name="longestS">The most, s; at least the mean.</param>
    /// <param name="draw">Any number that differs from viewer to viewer and from answer to answer.</param>
    /// <returns>Whole seconds in [1, <paramref name="longestS"/>]: some players read integers only, and some ask without a pause when told 0.</returns>
    public static int For(int meanS, int longestS, ulong draw)
    {
        ulong mixed = draw * 0x9E3779B97F4A7C15UL; // Fibonacci hashing: the upper bits are those that differ
        double unit = (mixed >> 11) * (1.0 / (1UL << 53));
        double mean = Math.Min(meanS, longestS / (1 + Spread)); // or half of the viewers would share the longest time
        return Math.Clamp((int)Math.Round(mean * (1 - Spread + (2 * Spread * unit))), 1, longestS);
    }
}
