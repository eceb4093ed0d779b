namespace Scheduler.Protocol.Admin;

/// <summary>What a plan makes of a site.</summary>
/// <param name="Site">Its id.</param>
/// <param name="PriceMs">What decisions ask for load there at least, ms-equivalents; 0 while the plan is stale.</param>
/// <param name="LoadBps">Load that the plan gives it.</param>
/// <param name="CapacityBps">What it could carry when the plan was solved.</param>
/// <param name="Utilisation">The one over the other; absent for a site without capacity.</param>
public sealed record PlanSiteMessage(string Site, double PriceMs, long LoadBps, long CapacityBps, double? Utilisation);
