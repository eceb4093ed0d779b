namespace Scheduler.Core.Policies;

/// <summary>What a fence says of the sites that it selects.</summary>
public enum FenceRule
{
    /// <summary>Its viewers are served by these sites alone.</summary>
    Allow = 0,

    /// <summary>Its viewers are not served by these sites.</summary>
    Deny = 1,
}
