namespace Scheduler.Simulator.Scenarios;

/// <summary>What can go wrong in a scenario.</summary>
public enum FaultKind
{
    /// <summary>A site dies: its viewers are cut off, its nodes fall silent and refuse whoever comes.</summary>
    SiteLoss,

    /// <summary>An IDC dies, and with it every PoP that has no other upstream left.</summary>
    IdcLoss,

    /// <summary>The nodes of a site can carry only a part of what they could, and say so.</summary>
    CapacityCut,

    /// <summary>No report reaches any replica.</summary>
    ReportLoss,

    /// <summary>No report reaches one replica; viewers still do.</summary>
    ReplicaPartition,

    /// <summary>The nodes of a site report a capacity that they do not have.</summary>
    LyingReports,

    /// <summary>Round-trip times to a site change, and no report says so.</summary>
    RttChange,

    /// <summary>More viewers come, in a part of the cells.</summary>
    Surge,

    /// <summary>The viewers of a part of the cells are cut off at once and come back within seconds.</summary>
    ReconnectStorm,

    /// <summary>An operator drains a site: nothing new goes there, and who is there is asked to move.</summary>
    Drain,

    /// <summary>An operator drains an IDC, and with it every PoP that has no other upstream.</summary>
    IdcDrain,

    /// <summary>A link carries nothing any more.</summary>
    LinkCut,
}
