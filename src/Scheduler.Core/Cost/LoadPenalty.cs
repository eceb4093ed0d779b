namespace Scheduler.Core.Cost;

/// <summary>
/// What one more Mbit/s costs at a site that is utilised to u, in milliseconds of round-trip time that one would accept instead:
/// <c>m(u) = Linear u + KneeCost ((u - Knee)+ / (1 - Knee))² + OverCost (u - 1)+</c>. Convex and increasing, so that prices are unique.
/// </summary>
/// <param name="Linear">Slope everywhere, ms per unit of utilisation; at least 0.</param>
/// <param name="Knee">Utilisation from which load begins to hurt, in [0, 1).</param>
/// <param name="KneeCost">What a full site costs over one at the knee, ms; at least 0.</param>
/// <param name="OverCost">Slope beyond capacity, ms per unit of utilisation; at least 0.</param>
public readonly record struct LoadPenalty(double Linear, double Knee, double KneeCost, double OverCost)
{
    /// <summary>1, 0.7, 100, 5000: at 0.85 a site costs 26 ms, full it costs 101.</summary>
    public static LoadPenalty Default { get; } = new(1, 0.7, 100, 5000);

    /// <summary>m(u) in ms-equivalents.</summary>
    /// <param name="utilisation">Load over capacity, at least 0; over 1 when a site carries more than it should.</param>
    public double Marginal(double utilisation)
    {
        double price = Linear * utilisation;
        if (utilisation <= Knee) return price; // most sites, most of the time
        double knee = (utilisation - Knee) / (1 - Knee);
        return price + (KneeCost * knee * knee) + (OverCost * Math.Max(0, utilisation - 1));
    }
}
