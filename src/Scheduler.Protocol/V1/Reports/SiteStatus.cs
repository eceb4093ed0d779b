namespace Scheduler.Protocol.V1.Reports;

/// <summary>What the scheduler does with a site, as the answer to its reports says.</summary>
public enum SiteStatus
{
    /// <summary><c>open</c>: takes sessions.</summary>
    Open = 0,

    /// <summary><c>draining</c>: takes fewer, and gives its own away.</summary>
    Draining = 1,

    /// <summary><c>drained</c>: takes none.</summary>
    Drained = 2,
}
