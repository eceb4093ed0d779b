using Scheduler.Core.Planning;

namespace Scheduler.State.Planning;

/// <summary>How the planner stands: the plan in force, and what the last solution found of it.</summary>
/// <param name="InForce">The plan whose fractions hold.</param>
/// <param name="Latest">Certificate of the last solution, whether its fractions were taken or not.</param>
/// <param name="LatestTookMs">How long it took, ms.</param>
/// <param name="Prices">What decisions read: the last solution's prices, eased where they fell.</param>
public sealed record PlanStatus(PlanInForce InForce, PlanCertificate Latest, double LatestTookMs, PlanPrices Prices)
{
    /// <summary>What the fractions in force cost at the demand of the last solution, ms-equivalents times Mbit/s.</summary>
    public double Cost => InForce.Plan.Certificate.Cost;

    /// <summary>How much dearer than the best they can be at most, as a share; 0 where they are the best.</summary>
    public double Gap => Cost <= Latest.LowerBound ? 0 : (Cost - Latest.LowerBound) / Math.Abs(Cost);
}
