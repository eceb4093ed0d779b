namespace Scheduler.State.Ports;

/// <summary>What a revision changed. Stored: append, never renumber.</summary>
public enum RevisionKind
{
    /// <summary>The fleet was replaced.</summary>
    Fleet = 0,

    /// <summary>The override of a node was set.</summary>
    Node = 1,

    /// <summary>A drain was started.</summary>
    Drain = 2,

    /// <summary>A drain was deleted by an operator.</summary>
    Undrain = 3,

    /// <summary>Drains ran out.</summary>
    Expiry = 4,

    /// <summary>An earlier revision was made the present again.</summary>
    Rollback = 5,

    /// <summary>The policy was replaced.</summary>
    Policy = 6,

    /// <summary>The zones were replaced.</summary>
    Zones = 7,
}
