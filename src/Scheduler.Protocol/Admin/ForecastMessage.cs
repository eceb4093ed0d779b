namespace Scheduler.Protocol.Admin;

/// <summary>What the planner expects of the demand it knows, under one configuration.</summary>
/// <param name="Cost">What the best plan costs, ms-equivalents times Mbit/s.</param>
/// <param name="MaxUtilisation">Utilisation of the site that the plan fills most; over 1 when the demand does not fit.</param>
/// <param name="MostUtilised">Id of that site.</param>
/// <param name="Feasible">True when every site carries at most its capacity.</param>
/// <param name="DemandBps">The demand that was planned for.</param>
/// <param name="CapacityBps">What all sites together can carry.</param>
public sealed record ForecastMessage(double Cost, double MaxUtilisation, string MostUtilised, bool Feasible, long DemandBps, long CapacityBps);
