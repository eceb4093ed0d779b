namespace Scheduler.Core.Capacity;

/// <summary>What a node says of itself. On the wire and stored: append, never renumber.</summary>
public enum NodeState : byte
{
    /// <summary>Takes sessions.</summary>
    Serving = 0,

    /// <summary>Finishes what it has and wants nothing new.</summary>
    Draining = 1,

    /// <summary>Cannot serve.</summary>
    Down = 2,
}
