namespace Scheduler.Core.Sessions;

/// <summary>What a session does with its stream. In tokens: append, never renumber.</summary>
public enum SessionKind : byte
{
    /// <summary>Plays it: goes to a node that serves viewers.</summary>
    Play = 0,

    /// <summary>Publishes it: goes to an IDC node that takes publishers in.</summary>
    Publish = 1,
}
