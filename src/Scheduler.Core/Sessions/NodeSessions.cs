namespace Scheduler.Core.Sessions;

/// <summary>The live sessions of one node.</summary>
public struct NodeSessions
{
    /// <summary>Sessions; never negative.</summary>
    public long Count;

    /// <summary>What they weigh, kbit/s; never negative.</summary>
    public long Kbps;
}
