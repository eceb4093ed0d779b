namespace Scheduler.Simulator.Viewers;

/// <summary>What a viewer does.</summary>
internal enum ViewerEventKind : byte
{
    /// <summary>Asks where to play, for the first time or again after a refusal.</summary>
    Ask,

    /// <summary>Reaches the node he was sent to.</summary>
    Connect,

    /// <summary>Says that the node he was sent to, or that served him, failed.</summary>
    Failover,

    /// <summary>Asks again with his old token after he was cut off.</summary>
    Reconnect,

    /// <summary>Says that he still plays.</summary>
    Beat,

    /// <summary>Leaves.</summary>
    Leave,
}
