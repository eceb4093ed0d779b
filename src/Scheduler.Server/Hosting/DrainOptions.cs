using System.ComponentModel.DataAnnotations;
using Scheduler.Core.Drains;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Drains</c>: how much may be drained at the same time without force.</summary>
public sealed class DrainOptions
{
    /// <summary>IDCs of one region that may be drained together.</summary>
    /// <value>1 to 100; default 1.</value>
    [Range(1, 100)]
    public int MostIdcsPerRegion { get; set; } = DrainRules.Default.MostIdcs;

    /// <summary>Share of a region's capacity that several drains may take together; a first one may take more.</summary>
    /// <value>0 to 1; default 0.1.</value>
    [Range(0, 1)]
    public double MostRegionShare { get; set; } = DrainRules.Default.MostShare;

    /// <summary>The rules that these options make.</summary>
    public DrainRules ToRules() => new(MostIdcsPerRegion, MostRegionShare);
}
