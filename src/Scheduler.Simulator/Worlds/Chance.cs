namespace Scheduler.Simulator.Worlds;

/// <summary>
/// A source of chance for one purpose (SplitMix64). Each purpose has its own, so that a policy which asks more often of one does not change what
/// another gives: all policies of a run meet the same viewers.
/// </summary>
internal sealed class Chance(long seed, ulong purpose)
{
    private ulong _state = Mix(unchecked((ulong)seed) ^ Mix(purpose + 0x9E3779B97F4A7C15UL));

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A standard normal number (Box and Muller).</summary>
    public double NextNormal() => Normal(Next(), Next());

    /// <summary>A Poisson number: the arrivals of one tick.</summary>
    /// <param name="mean">Its mean, at least 0.</param>
    public int NextPoisson(double mean)
    {
        // Sums of small Poisson numbers are Poisson: exp(-mean) stays far from the smallest double.
        int count = 0;
        for (; mean > 30; mean -= 30) count += NextPoisson(30);
        double limit = Math.Exp(-mean);
        for (double product = NextDouble(); product > limit; product *= NextDouble()) count++;
        return count;
    }

    /// <summary>A standard normal number that belongs to a key, whenever it is asked for.</summary>
    public static double NormalOf(ulong key) => Normal(Mix(key), Mix(key ^ 0xD1B54A32D192ED03UL));

    /// <summary>64 bits in which every bit of the key has a say.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    private static double Normal(ulong a, ulong b) =>
        Math.Sqrt(-2 * Math.Log(((a >> 11) + 1) * (1.0 / (1UL << 53)))) * Math.Cos(2 * Math.PI * ((b >> 11) * (1.0 / (1UL << 53))));
}
