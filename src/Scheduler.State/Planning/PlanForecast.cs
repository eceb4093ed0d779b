namespace Scheduler.State.Planning;

/// <summary>What the planner expects of a configuration that may not be in force.</summary>
/// <param name="Cost">What the best plan costs, ms-equivalents times Mbit/s.</param>
/// <param name="MaxUtilisation">Utilisation of the site that the plan fills most; over 1 when the demand does not fit.</param>
/// <param name="MostUtilised">Id of that site.</param>
/// <param name="IsFeasible">True when every site carries at most its capacity.</param>
/// <param name="DemandMbps">The demand that was planned for, Mbit/s.</param>
/// <param name="CapacityMbps">What all sites together can carry, Mbit/s.</param>
public sealed record PlanForecast(double Cost, double MaxUtilisation, string MostUtilised, bool IsFeasible, double DemandMbps, double CapacityMbps);
