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

    /// <summary>A link, as <c>TO&lt;FROM</c>: the site that is fed, and the IDC that feeds it.</summary>
    Link,
}
