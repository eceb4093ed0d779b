namespace Scheduler.Core.Drains;

/// <summary>Why nobody is asked to move for now. Exported: append, never renumber.</summary>
public enum DrainPause
{
    /// <summary>A receiver is fuller than migration may fill it.</summary>
    ReceiverFull = 0,

    /// <summary>Players whose sessions are at a receiver say that it fails them.</summary>
    ReceiverFails = 1,

    /// <summary>Those who could have moved found no receiver with room.</summary>
    NoRoom = 2,

    /// <summary>Most sites fell silent at once: what is known of the receivers is old.</summary>
    Frozen = 3,
}
