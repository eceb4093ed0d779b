namespace Scheduler.State.Sessions;

/// <summary>Why it was decided where a session plays. In lower case in the decision log: append, never renumber.</summary>
public enum DecisionCause
{
    /// <summary>It was opened.</summary>
    Opened = 0,

    /// <summary>Its node is drained, and it was its turn to move.</summary>
    Drained = 1,

    /// <summary>Another site would cost much less at the load of this moment.</summary>
    Relocated = 2,

    /// <summary>Its node may not be used any more: down, silent, ejected, barred by the policy, or gone from the fleet.</summary>
    Left = 3,

    /// <summary>Its player said that its node failed.</summary>
    Failed = 4,
}
