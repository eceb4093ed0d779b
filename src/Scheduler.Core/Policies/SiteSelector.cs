using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Names sites. A site is selected when any one of the members names it.</summary>
/// <param name="All">True to select every site there is or will be; the rest is empty then.</param>
/// <param name="Sites">Ids of sites.</param>
/// <param name="Regions">Ids of regions.</param>
/// <param name="Countries">Countries that sites stand in, ISO 3166-1 alpha-2.</param>
/// <param name="Labels">Selectors of sites by their labels: all requirements of one must be met.</param>
public sealed record SiteSelector(
    bool All, ImmutableArray<string> Sites, ImmutableArray<string> Regions, ImmutableArray<string> Countries, ImmutableArray<LabelSelector> Labels)
{
    /// <summary>Selects nothing.</summary>
    public static SiteSelector None { get; } = new(false, [], [], [], []);

    /// <summary>Selects every site.</summary>
    public static SiteSelector Every { get; } = None with { All = true };

    /// <summary>True when it names nothing.</summary>
    public bool IsEmpty => !All && Sites.IsEmpty && Regions.IsEmpty && Countries.IsEmpty && Labels.IsEmpty;

    /// <summary>True when a site is selected.</summary>
    /// <param name="site">The site.</param>
    public bool Selects(Site site)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (All || Sites.Contains(site.Id) || Regions.Contains(site.Region) || Countries.Contains(site.Country)) return true;
        foreach (LabelSelector labels in Labels)
            if (labels.Matches(site)) return true;
        return false;
    }
}
