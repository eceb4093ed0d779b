namespace Scheduler.State.Ports;

/// <summary>What another process may have changed in the store.</summary>
[Flags]
public enum StoreChange
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Revisions were appended.</summary>
    Revisions = 1,

    /// <summary>Keys of callers, or secrets.</summary>
    Keys = 2,

    /// <summary>Replicas joined or left, or the lease changed hands.</summary>
    Members = 4,
}
