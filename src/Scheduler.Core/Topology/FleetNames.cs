namespace Scheduler.Core.Topology;

/// <summary>What the ids of a fleet stand for; of two that share an id, the first.</summary>
internal sealed class FleetNames
{
    private readonly Dictionary<string, Site> _sites;
    private readonly HashSet<string> _regions;
    private readonly HashSet<string> _tariffs;

    public FleetNames(Fleet fleet)
    {
        _sites = new Dictionary<string, Site>(fleet.Sites.Length, StringComparer.Ordinal);
        _regions = new HashSet<string>(StringComparer.Ordinal);
        _tariffs = new HashSet<string>(StringComparer.Ordinal);
        foreach (Region region in fleet.Regions) _regions.Add(region.Id);
        foreach (Tariff tariff in fleet.Tariffs) _tariffs.Add(tariff.Id);
        foreach (Site site in fleet.Sites)
        {
            _sites.TryAdd(site.Id, site);
            HasIdcs |= site.Kind == SiteKind.Idc;
        }
    }

    /// <summary>True when any site is an IDC.</summary>
    public bool HasIdcs { get; }

    public bool HasRegion(string id) => _regions.Contains(id);

    public bool HasTariff(string id) => _tariffs.Contains(id);

    /// <summary>The site of an id; null when there is none.</summary>
    public Site? Site(string id) => _sites.GetValueOrDefault(id);
}
