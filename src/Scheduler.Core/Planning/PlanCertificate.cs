namespace Scheduler.Core.Planning;

/// <summary>What a plan costs, what no plan can undercut, and whether it fits: the proof that comes with a plan.</summary>
/// <param name="Cost">Objective of the plan, ms-equivalents times Mbit/s.</param>
/// <param name="LowerBound">No plan for the same problem costs less; at most <paramref name="Cost"/>.</param>
/// <param name="MostOverloaded">The site with the most load beyond its capacity; null when every site fits.</param>
public readonly record struct PlanCertificate(double Cost, double LowerBound, SiteOverload? MostOverloaded)
{
    /// <summary>Share of a capacity by which a load may exceed it and still count as within: what rounding and a stopped solver leave.</summary>
    public const double CapacityTolerance = 1e-6;

    /// <summary>True when every site carries at most its capacity.</summary>
    public bool IsFeasible => MostOverloaded is null;

    /// <summary>
    /// How much dearer than the optimum the plan can be at most, as a share of its cost; 0 for an exact plan. Positive infinity when the cost is 0 and
    /// the bound is below it.
    /// </summary>
    public double Gap => Cost <= LowerBound ? 0 : (Cost - LowerBound) / Math.Abs(Cost);
}
