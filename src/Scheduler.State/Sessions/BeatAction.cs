namespace Scheduler.State.Sessions;

/// <summary>What a beat is answered with. Exported as a metric label: append, never renumber.</summary>
public enum BeatAction
{
    /// <summary>Stay where you are.</summary>
    Stay = 0,

    /// <summary>Connect to the first candidate, then leave the node you are on.</summary>
    Move = 1,

    /// <summary>The session has ended: by a close, or because beats were missed.</summary>
    Ended = 2,

    /// <summary>Another start of the replica opened it and there is no room to take it over.</summary>
    Full = 3,

    /// <summary>The policy bars the site that he plays from, and none that may serve him has room: the session was ended.</summary>
    Fenced = 4,
}
