namespace Scheduler.Protocol.Admin;

/// <summary>Where a plan sends a cell.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="DemandBps">Demand that was planned for.</param>
/// <param name="Shares">Every candidate, cheapest first.</param>
/// <param name="Class">The class of streams, where it is planned apart; null for all others.</param>
public sealed record PlanCellMessage(string Cell, long DemandBps, IReadOnlyList<PlanShareMessage> Shares, string? Class = null);
