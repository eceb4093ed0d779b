namespace Scheduler.Core.Drains;

/// <summary>Which guard refuses a drain. On the wire: append, never renumber.</summary>
public enum DrainRefusalKind
{
    /// <summary>What is left cannot carry the demand.</summary>
    Infeasible = 0,

    /// <summary>Too much of a region is drained already.</summary>
    RegionCap = 1,

    /// <summary>What is left could not lose its largest site as well: less than N+1.</summary>
    NoSpare = 2,
}
