namespace Scheduler.State.Planning;

/// <summary>What became of a solution. Exported as metric label: append, never renumber.</summary>
public enum PlanOutcome
{
    /// <summary>Its fractions are in force.</summary>
    Published = 0,

    /// <summary>It was no better than the fractions in force by <see cref="PlanRules.Betterment"/>: those stay. Its prices are in force.</summary>
    Kept = 1,
}
