namespace Scheduler.Core.Zones;

/// <summary>What a table has for a name.</summary>
public enum ZoneMatch
{
    /// <summary>No zone of it has the name.</summary>
    Elsewhere = 0,

    /// <summary>There is the name.</summary>
    Exact = 1,

    /// <summary>A wildcard stands for the name.</summary>
    Wildcard = 2,

    /// <summary>There is no such name in the zone.</summary>
    Absent = 3,

    /// <summary>The name is delegated to other servers.</summary>
    Delegated = 4,
}
