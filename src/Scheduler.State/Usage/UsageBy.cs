namespace Scheduler.State.Usage;

/// <summary>What a row of a report is about.</summary>
public enum UsageBy
{
    /// <summary>A site.</summary>
    Site,

    /// <summary>A region.</summary>
    Region,

    /// <summary>A tenant.</summary>
    Tenant,
}
