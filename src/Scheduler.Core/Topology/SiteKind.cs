namespace Scheduler.Core.Topology;

/// <summary>What a site is. Stored and exported: append, never renumber.</summary>
public enum SiteKind
{
    /// <summary>A point of presence: serves viewers, pulls from IDCs.</summary>
    Pop = 0,

    /// <summary>An internet data centre: takes publishers in, feeds PoPs, may serve viewers too.</summary>
    Idc = 1,
}
