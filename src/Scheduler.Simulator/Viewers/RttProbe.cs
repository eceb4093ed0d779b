using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Viewers;

/// <summary>What viewers tell of their round-trip times: the truth with noise, or, of a liar, nonsense.</summary>
/// <param name="world">Knows the truth.</param>
/// <param name="seed">Seed of noise and lies.</param>
internal sealed class RttProbe(World world, int seed)
{
    /// <summary>Sigma of the logarithm of one measurement: queues and radio.</summary>
    private const double NoiseSigma = 0.25;

    private readonly Chance _noise = new(seed, Purposes.Rtts);

    /// <summary>What a viewer tells of the site that he plays from, ms.</summary>
    /// <param name="place">His place.</param>
    /// <param name="viewer">The viewer.</param>
    /// <param name="site">The site.</param>
    public double Tell(int place, in Viewer viewer, int site)
    {
        double noise = _noise.NextNormal(), lie = _noise.NextDouble();
        if (IsLiar(place, in viewer)) return lie < 0.5 ? 1 : 1_500;
        return world.RttMs(viewer.Cell, site) * Math.Exp(NoiseSigma * noise);
    }

    private bool IsLiar(int place, in Viewer viewer) =>
        Chance.Mix(((ulong)(uint)place << 32 | (uint)viewer.Generation) + 0x5851F42D4C957F2DUL) >> 11 < world.Scenario.Liars * (1UL << 53);
}
