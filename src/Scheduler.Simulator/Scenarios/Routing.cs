namespace Scheduler.Simulator.Scenarios;

/// <summary>Which replica a viewer's calls reach.</summary>
public enum Routing
{
    /// <summary>Any, by chance, for each viewer.</summary>
    Random,

    /// <summary>The one of his cell: viewers of a region share a replica, so that replicas see different demand.</summary>
    RegionBound,
}
