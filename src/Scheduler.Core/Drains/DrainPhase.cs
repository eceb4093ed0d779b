namespace Scheduler.Core.Drains;

/// <summary>How far a drain has come. Exported as a metric's label: append, never renumber.</summary>
public enum DrainPhase
{
    /// <summary>Its time has not come.</summary>
    Planned = 0,

    /// <summary>The target is being closed to new sessions, step by step.</summary>
    Ramping = 1,

    /// <summary>Nothing new goes to the target; the sessions that are there are asked to move.</summary>
    Migrating = 2,

    /// <summary>The same, but nobody is asked for now: the receivers would not bear it.</summary>
    Paused = 3,

    /// <summary>Nothing new goes to the target, and nobody is left there.</summary>
    Drained = 4,

    /// <summary>Its time is over: the target comes back by slow start.</summary>
    Expired = 5,

    /// <summary>An operator ended it: the target comes back by slow start.</summary>
    Cancelled = 6,
}
