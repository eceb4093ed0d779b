namespace Scheduler.Core.Topology;

/// <summary>What a node does. Stored: append, never renumber.</summary>
[Flags]
public enum NodeRoles : byte
{
    /// <summary>Nothing; not valid in a fleet.</summary>
    None = 0,

    /// <summary>Serves viewers.</summary>
    Edge = 1,

    /// <summary>Takes publishers in.</summary>
    Ingest = 2,

    /// <summary>Feeds edge nodes with streams.</summary>
    Origin = 4,
}
