namespace Scheduler.State.Planning;

/// <summary>What moved since the last solution, so that the plan was solved again. Exported as metric label: append, never renumber.</summary>
public enum PlanReason
{
    /// <summary>There was no plan.</summary>
    First = 0,

    /// <summary>The fleet, the geography, or what a pair of cell and site costs has changed.</summary>
    Network = 1,

    /// <summary>A site may carry more or less: a drain, a failure, a return, a report.</summary>
    Capacity = 2,

    /// <summary>Demand moved by more than <see cref="PlanRules.DemandMoved"/>.</summary>
    Demand = 3,
}
