namespace Scheduler.Core.Planning;

/// <summary>What is wrong with a plan in one cell or at one candidate.</summary>
/// <param name="Cell">Index of the cell.</param>
/// <param name="Reason">What is wrong, in words.</param>
public readonly record struct PlanFault(int Cell, string Reason);
