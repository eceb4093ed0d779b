using Scheduler.Core.Planning;
using Scheduler.Core.Routing;

namespace Scheduler.State.Planning;

/// <summary>The plan that holds, and how it came about.</summary>
/// <param name="Version">Counts the plans whose fractions were put in force, from 1.</param>
/// <param name="Plan">Its fractions at the demand and the capacities of the last solution, whether that was taken or was not worth a change.</param>
/// <param name="Rows">What its rows are.</param>
/// <param name="Snapshot">What it is a plan for: cells and sites are by its indexes.</param>
/// <param name="Reason">Why it was solved.</param>
/// <param name="SolvedAtMs">When its fractions were solved, monotonic ms.</param>
/// <param name="TookMs">How long solving took, ms.</param>
/// <param name="Sweeps">Sweeps it took.</param>
public sealed record PlanInForce(
    long Version, Plan Plan, PlanRows Rows, RoutingSnapshot Snapshot, PlanReason Reason, long SolvedAtMs, double TookMs, int Sweeps);
