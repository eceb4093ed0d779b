namespace Scheduler.Simulator.Scenarios;

/// <summary>What a fault's target is.</summary>
public enum FaultTarget
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>A site.</summary>
    Site,

    /// <summary>An IDC.</summary>
    Idc,

    /// <summary>A replica, by its number from 1.</summary>
    Replica,
}
