namespace Scheduler.Protocol.Admin;

/// <summary>A candidate of a cell.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="CostMs">What one Mbit/s of the cell costs there before load, ms-equivalents.</param>
/// <param name="Share">Share of the cell's demand, in [0, 1]; 0 where the cell has no demand.</param>
public sealed record PlanShareMessage(string Site, double CostMs, double Share);
