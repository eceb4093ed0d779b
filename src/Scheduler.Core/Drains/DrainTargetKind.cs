namespace Scheduler.Core.Drains;

/// <summary>What a drain points at. Stored: append, never renumber.</summary>
public enum DrainTargetKind
{
    /// <summary>A whole IDC or PoP.</summary>
    Site = 0,

    /// <summary>One node.</summary>
    Node = 1,

    /// <summary>Every node whose labels (or its site's) match.</summary>
    Selector = 2,
}
