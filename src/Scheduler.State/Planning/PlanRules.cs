namespace Scheduler.State.Planning;

/// <summary>When plans are made, and how far they are believed.</summary>
public static class PlanRules
{
    /// <summary>Time between two looks at what moved, ms.</summary>
    public const int IntervalMs = 500;

    /// <summary>Gap that a solution proves, as a share of its cost.</summary>
    public const double Gap = 0.001;

    /// <summary>Most sweeps of one solution: it is a plan after any of them, and a bad instance must not hog a core.</summary>
    public const int MostSweeps = 200;

    /// <summary>Demand that came or went, all cells together, as a share of what was planned for, from which on it is planned again.</summary>
    public const double DemandMoved = 0.01;

    /// <summary>Change of one site's capacity, as a share of it, from which on it is planned again.</summary>
    public const double CapacityMoved = 0.001;

    /// <summary>How much less a solution must cost than the fractions in force would at the present demand, to take their place.</summary>
    public const double Betterment = 0.003;

    /// <summary>A price rises at once, and falls by this share of the difference a look: the reference's damping, section 2.5.</summary>
    public const double PriceFall = 0.3;

    /// <summary>A plan that was not looked at for so long is not used, ms: live marginals decide alone.</summary>
    public const long OldestMs = 30_000;

    /// <summary>Demand rises at once, and what is gone fades with this time constant, s: who left for a moment comes back.</summary>
    public const double DemandFallS = 10;

    /// <summary>Candidates of a cell: twice what the fast path looks at, so that the plan sees where the next ones would go.</summary>
    public const int Candidates = 32;

    /// <summary>Candidates of a cell, at least, that do not hang on the same upstream as most of it, where the fleet has so many.</summary>
    public const int Diverse = 4;
}
