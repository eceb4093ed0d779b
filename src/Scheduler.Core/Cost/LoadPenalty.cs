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

    /// <summary>m'(u): how fast the price climbs, ms per unit of utilisation. At a kink (full) the slope to its right.</summary>
    /// <param name="utilisation">Load over capacity, at least 0.</param>
    public double Slope(double utilisation)
    {
        if (utilisation <= Knee) return Linear;
        double slope = Linear + (2 * KneeCost * (utilisation - Knee) / ((1 - Knee) * (1 - Knee)));
        return utilisation < 1 ? slope : slope + OverCost;
    }

    /// <summary>Phi(u), the integral of m from 0: what a whole load costs, per Mbit/s of capacity, ms-equivalents. Times the capacity it is the cost of a site.</summary>
    /// <param name="utilisation">Load over capacity, at least 0.</param>
    public double Integral(double utilisation)
    {
        double cost = 0.5 * Linear * utilisation * utilisation;
        if (utilisation <= Knee) return cost;
        double knee = (utilisation - Knee) / (1 - Knee), over = Math.Max(0, utilisation - 1);
        return cost + (KneeCost * (1 - Knee) / 3 * knee * knee * knee) + (0.5 * OverCost * over * over);
    }

    /// <summary>The greatest u with m(u) ≤ price: how far a site fills at that price. Positive infinity when no load is ever so dear.</summary>
    /// <param name="price">Price, ms-equivalents; below 0 nothing is worth carrying and u is 0.</param>
    public double UtilisationAt(double price)
    {
        if (price < 0) return 0;
        if (price < Linear * Knee) return price / Linear;
        double full = Linear + KneeCost; // m(1)
        if (price >= full)
        {
            double knee = 1 / (1 - Knee);
            return 1 + Above(price - full, Linear + (2 * KneeCost * knee) + OverCost, KneeCost * knee * knee);
        }
        return Knee + Above(price - (Linear * Knee), Linear, KneeCost / ((1 - Knee) * (1 - Knee)));
    }

    /// <summary>
    /// Phi*(price) = max over u ≥ 0 of price·u - Phi(u): the convex conjugate, what a site would earn per Mbit/s of capacity if it were paid that price
    /// for all it likes to carry. Closed form, because m is at most quadratic on each of its three pieces.
    /// </summary>
    /// <param name="price">Price, ms-equivalents; at or below 0 nothing is earned.</param>
    /// <returns>At least 0; positive infinity when no load is ever so dear as the price.</returns>
    public double Conjugate(double price)
    {
        if (price <= 0) return 0;
        double filled = UtilisationAt(price);
        return double.IsPositiveInfinity(filled) ? filled : (price * filled) - Integral(filled);
    }

    /// <summary>The greatest root of quadratic·t² + linear·t = rise, in the form that loses no digits when quadratic is small.</summary>
    private static double Above(double rise, double linear, double quadratic) =>
        linear == 0 && quadratic == 0
            ? double.PositiveInfinity
            : rise == 0 ? 0 : 2 * rise / (linear + Math.Sqrt((linear * linear) + (4 * quadratic * rise)));
}
