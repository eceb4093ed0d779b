namespace Scheduler.Cli.Sites;

/// <summary>What the table of sites is sorted by.</summary>
internal enum SiteOrder
{
    /// <summary>The fullest first.</summary>
    Utilisation,

    /// <summary>The most loaded first.</summary>
    Load,

    /// <summary>The most watched first.</summary>
    Sessions,

    /// <summary>By region, then id.</summary>
    Id,
}
