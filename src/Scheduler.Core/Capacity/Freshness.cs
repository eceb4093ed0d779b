namespace Scheduler.Core.Capacity;

/// <summary>How old the last word of a node is. Exported: append, never renumber.</summary>
public enum Freshness : byte
{
    /// <summary>It has never reported to this replica.</summary>
    Unheard = 0,

    /// <summary>Its last report is recent.</summary>
    Fresh = 1,

    /// <summary>Reports are missing: still used, at a surcharge.</summary>
    Suspect = 2,

    /// <summary>Nothing heard for long: taken for dead.</summary>
    Silent = 3,
}
