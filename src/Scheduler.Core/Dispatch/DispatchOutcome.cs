namespace Scheduler.Core.Dispatch;

/// <summary>Why a dispatch ended as it did. Exported as metric label and, in lower case, on the wire: append, never renumber.</summary>
public enum DispatchOutcome
{
    /// <summary>The best-scoring site had room.</summary>
    Placed = 0,

    /// <summary>The node of the viewer's previous session had room.</summary>
    Sticky = 1,

    /// <summary>Nothing had room; the least utilised node took it, as the policy allows.</summary>
    Spilled = 2,

    /// <summary>So many nodes were reported as failing that the reports are not believed.</summary>
    Panic = 3,

    /// <summary>Served by a node whose reports have stopped: by its last state.</summary>
    Frozen = 4,

    /// <summary>No site may serve this viewer over this protocol.</summary>
    NoEligibleSite = 5,

    /// <summary>Sites may serve, but none has room.</summary>
    NoRoom = 6,

    /// <summary>The policy leaves no site that could ever serve this viewer: fences, or the sites of the stream's class.</summary>
    Fenced = 7,
}
