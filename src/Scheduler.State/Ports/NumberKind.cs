namespace Scheduler.State.Ports;

/// <summary>What permanent numbers are given to. Stored: append, never renumber.</summary>
public enum NumberKind
{
    /// <summary>Sites.</summary>
    Site = 0,

    /// <summary>Nodes.</summary>
    Node = 1,

    /// <summary>Cells.</summary>
    Cell = 2,
}
