using Scheduler.Core.Cost;

namespace Scheduler.Core.Planning;

/// <summary>
/// One site's terms as one convex curve of its load, ready to be evaluated in a few nanoseconds: surcharge, load penalty and commit, and the
/// solver's wall at full capacity. Flat numbers, no calls through tables.
/// </summary>
/// <remarks>
/// The wall is the augmented Lagrangian of <c>load ≤ capacity</c>: its price is <c>max(0, rho (u - wall))</c> with <c>wall = 1 - lambda / rho</c>, so a
/// higher multiplier is no other formula but the same wall further to the left. It steers the solver and is no part of the cost.
/// </remarks>
internal struct SiteCurve
{
    private readonly LoadPenalty _penalty;
    private readonly double _perMbps;
    private readonly double _surcharge;
    private readonly double _knee;
    private readonly double _kneeFactor;
    private readonly double _commit;
    private readonly double _commitSlope;
    private readonly double _commitPrice;
    private readonly double _overflowPrice;
    private double _wall;
    private double _quiet;

    /// <summary>Compiles a site's terms.</summary>
    /// <param name="terms">The terms; checked.</param>
    /// <param name="overflowPrice">What each Mbit/s over capacity costs beside the penalty, ms-equivalents.</param>
    public SiteCurve(in SiteTerms terms, double overflowPrice)
    {
        _overflowPrice = overflowPrice;
        CapacityMbps = terms.CapacityMbps;
        _penalty = terms.Penalty;
        _perMbps = 1 / terms.CapacityMbps;
        _surcharge = terms.Surcharge;
        _knee = _penalty.Knee;
        _kneeFactor = _penalty.KneeCost / ((1 - _knee) * (1 - _knee));
        if (terms.Commit is { Price: > 0 } commit)
        {
            _commit = commit.CommitMbps * _perMbps;
            _commitSlope = commit.Price / CommitTerm.RampRatio;
            _commitPrice = commit.Price;
        }
        Multiplier = 0;
    }

    /// <summary>Slope of the wall, ms per unit of utilisation: far steeper than the knee (667 at full), not so steep that the solver would creep.</summary>
    public const double WallSlope = 5_000;

    /// <summary>Utilisation that counts as full for the solver: what it leaves by stopping early then still fits.</summary>
    public const double Full = 1 - 1e-5;

    /// <summary>Capacity, Mbit/s.</summary>
    public readonly double CapacityMbps { get; }

    /// <summary>True when the site may hold anything.</summary>
    public readonly bool IsOpen => CapacityMbps > 0;

    /// <summary>Price of capacity itself: the multiplier of <c>load ≤ capacity</c>, ms-equivalents; at least 0.</summary>
    public double Multiplier
    {
        readonly get => WallSlope * (Full - _wall);
        set
        {
            _wall = Full - (Math.Clamp(value, 0, _overflowPrice) / WallSlope);
            _quiet = QuietBelow();
        }
    }

    /// <summary>Marginal cost at a load, ms-equivalents, wall included, and how fast it climbs, ms per Mbit/s.</summary>
    public readonly double Price(double loadMbps, out double slope)
    {
        double u = loadMbps * _perMbps, price = _surcharge + (_penalty.Linear * u);
        slope = _penalty.Linear;
        if (u > _quiet) price += Loaded(u, ref slope);
        slope *= _perMbps;
        return price;
    }

    /// <summary>G(L): cost of a load, ms-equivalents times Mbit/s, overflow included and the wall not.</summary>
    public readonly double Cost(double loadMbps)
    {
        double u = loadMbps * _perMbps;
        double cost = (_surcharge * loadMbps) + (CapacityMbps * _penalty.Integral(u)) + (_overflowPrice * Math.Max(0, loadMbps - CapacityMbps));
        double over = u - _commit;
        if (_commitPrice == 0 || over <= 0) return cost;
        double ramp = Math.Min(over, CommitTerm.RampRatio);
        return cost + (CapacityMbps * ((0.5 * _commitSlope * ramp * ramp) + (_commitPrice * (over - ramp))));
    }

    /// <summary>G*(price), the conjugate of the cost: the most that the site could earn at a price, ms-equivalents times Mbit/s; at least 0.</summary>
    public readonly double Conjugate(double price)
    {
        double load = LoadAt(price);
        // At capacity the marginal leaps by the price of overflow; prices within the leap are all answered by a full site.
        if (load > CapacityMbps) load = Math.Max(CapacityMbps, LoadAt(price - _overflowPrice));
        return load <= 0 ? 0 : double.IsPositiveInfinity(load) ? load : Math.Max(0, (price * load) - Cost(load));
    }

    /// <summary>True when capacity costs at least half of what overflow does: whoever still comes has no other way.</summary>
    public readonly bool HasPricedOverflow => Multiplier >= 0.5 * _overflowPrice;

    /// <summary>True when the price at a load is the marginal of the cost itself: no wall in it, no leap at capacity.</summary>
    public readonly bool IsPlainAt(double loadMbps) => loadMbps * _perMbps <= Math.Min(_wall, 1);

    /// <summary>The load at which the marginal cost, without the wall, and without overflow, reaches a price; Mbit/s.</summary>
    private readonly double LoadAt(double price)
    {
        double rest = price - _surcharge;
        double u = _penalty.UtilisationAt(rest);
        if (_commitPrice == 0 || u <= _commit) return CapacityMbps * u;
        // On the ramp the marginal is the penalty's with a steeper linear part; beyond it the penalty's plus the whole price.
        LoadPenalty ramped = _penalty with { Linear = _penalty.Linear + _commitSlope };
        double onRamp = ramped.UtilisationAt(rest + (_commitSlope * _commit));
        if (onRamp <= _commit + CommitTerm.RampRatio) return CapacityMbps * Math.Max(_commit, onRamp);
        return CapacityMbps * Math.Max(_commit + CommitTerm.RampRatio, _penalty.UtilisationAt(rest - _commitPrice));
    }

    private readonly double Loaded(double u, ref double slope)
    {
        double price = 0;
        if (u > _knee)
        {
            double knee = u - _knee;
            price = _kneeFactor * knee * knee;
            slope += 2 * _kneeFactor * knee;
        }
        if (u > 1)
        {
            price += _penalty.OverCost * (u - 1);
            slope += _penalty.OverCost;
        }
        if (u > _wall)
        {
            double wall = WallSlope * (u - _wall);
            if (wall < _overflowPrice) slope += WallSlope;
            price += Math.Min(wall, _overflowPrice);
        }
        double over = u - _commit;
        if (_commitPrice > 0 && over > 0)
        {
            if (over < CommitTerm.RampRatio) slope += _commitSlope;
            price += Math.Min(_commitPrice, _commitSlope * over);
        }
        return price;
    }

    /// <summary>Utilisation below which only the linear part costs: where most sites are most of the time.</summary>
    private readonly double QuietBelow()
    {
        double quiet = Math.Min(_knee, _wall);
        return _commitPrice > 0 ? Math.Min(quiet, _commit) : quiet;
    }
}
