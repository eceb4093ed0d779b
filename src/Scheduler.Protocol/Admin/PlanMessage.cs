namespace Scheduler.Protocol.Admin;

/// <summary>The plan that decisions obey.</summary>
/// <param name="Version">Counts the plans whose fractions were put in force, from 1.</param>
/// <param name="Revision">Revision of the configuration that it was solved for.</param>
/// <param name="State"><c>current</c>, or <c>stale</c>: nobody has confirmed it for so long that live load alone decides.</param>
/// <param name="AgeMs">How long ago it was last found to hold, ms.</param>
/// <param name="SolvedMsAgo">How long ago its fractions were solved, ms.</param>
/// <param name="Reason">What had moved: <c>first, network, capacity, demand</c>.</param>
/// <param name="SolveMs">How long solving took, ms.</param>
/// <param name="Sweeps">Sweeps it took.</param>
/// <param name="DemandBps">Demand at the last solution, whose fractions may not have been worth a change.</param>
/// <param name="Objective">What its fractions cost at that demand, ms-equivalents times Mbit/s.</param>
/// <param name="LowerBound">No plan for the same problem costs less.</param>
/// <param name="Gap">How much dearer than the best it can be at most, as a share.</param>
/// <param name="Feasible">True when every site carries at most its capacity.</param>
/// <param name="Sites">Every site that the plan may use, the dearest first.</param>
/// <param name="Cells">The cells that were asked for; absent when none was.</param>
public sealed record PlanMessage(
    long Version,
    long Revision,
    string State,
    long AgeMs,
    long SolvedMsAgo,
    string Reason,
    double SolveMs,
    int Sweeps,
    long DemandBps,
    double Objective,
    double LowerBound,
    double Gap,
    bool Feasible,
    IReadOnlyList<PlanSiteMessage> Sites,
    IReadOnlyList<PlanCellMessage>? Cells)
{
    /// <summary>Number of the replica that plans for all; absent where there is one replica only, or no leader is known.</summary>
    public int? Leader { get; init; }
}
