namespace Scheduler.Protocol.V1.Sessions;

/// <summary>How an answer with candidates came about, as the wire names it.</summary>
public enum WireDecision
{
    /// <summary><c>placed</c>: by score, on live state.</summary>
    Placed = 0,

    /// <summary><c>sticky</c>: where the previous token was.</summary>
    Sticky = 1,

    /// <summary><c>spilled</c>: over capacity, by policy, at the least utilised.</summary>
    Spilled = 2,

    /// <summary><c>panic</c>: players' failure reports were ignored, there being too many of them.</summary>
    Panic = 3,

    /// <summary><c>frozen</c>: on the last known state, most reports having fallen silent at once.</summary>
    Frozen = 4,
}
