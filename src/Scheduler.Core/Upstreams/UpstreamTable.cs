using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// Who can pull from whom, compiled from the fleet and immutable: a PoP from its upstream IDCs, an IDC from every other. Sites have the indexes of the
/// <see cref="FleetIndex"/>; ways have dense indexes of this table, the ways to one site side by side.
/// </summary>
public sealed class UpstreamTable
{
    private const int NotAnIdc = -1;
    private readonly UpstreamWay[] _ways;
    private readonly int[] _start;      // by site; one more entry than there are sites
    private readonly int[] _ordinal;    // by site: place among the IDCs, which is the place of its way among the ways to an IDC
    private readonly int[] _region;     // by site
    private readonly float[] _inverseWeight; // by site

    private UpstreamTable(UpstreamWay[] ways, int[] start, int[] ordinal, int[] region, float[] inverseWeight) =>
        (_ways, _start, _ordinal, _region, _inverseWeight) = (ways, start, ordinal, region, inverseWeight);

    /// <summary>A table without sites.</summary>
    public static UpstreamTable Empty { get; } = Build(FleetIndex.Empty, 1);

    /// <summary>Ways there are; their indexes are below it. With 40 IDCs and 460 PoPs of two upstreams about 2,500.</summary>
    public int Count => _ways.Length;

    /// <summary>Site indexes there are, with and without a site.</summary>
    public int SiteBound => _ordinal.Length;

    /// <summary>Compiles the table; O(sites, links and the square of the IDCs).</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="priceWeight">Milliseconds that one unit of price is worth: <see cref="SiteCost.PriceWeight"/>.</param>
    public static UpstreamTable Build(FleetIndex fleet, double priceWeight)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        int bound = fleet.Sites.Length;
        var ways = new List<UpstreamWay>();
        int[] start = new int[bound + 1], ordinal = new int[bound], region = new int[bound];
        var inverseWeight = new float[bound];
        IndexedSite[] idcs = [.. fleet.Sites.OfType<IndexedSite>().Where(site => site.Site.Kind == SiteKind.Idc)];
        Dictionary<string, int> regions = fleet.Fleet.Regions.Select((r, i) => (r.Id, i)).ToDictionary(r => r.Id, r => r.i);
        Dictionary<(string To, string From), int> links = fleet.Fleet.Links.Select((link, i) => (link, i)).ToDictionary(l => (l.link.Pop, l.link.Idc), l => l.i);
        Array.Fill(ordinal, NotAnIdc);
        for (int i = 0; i < idcs.Length; i++) ordinal[idcs[i].Index] = i;
        for (int index = 0; index < bound; index++)
        {
            start[index] = ways.Count;
            if (fleet.Sites[index] is not { } to) continue;
            region[index] = regions.GetValueOrDefault(to.Site.Region);
            inverseWeight[index] = (float)(1e9 / Math.Max(1, to.Nodes.Sum(n => (double)fleet.Nodes[n]!.Node.Capacity.BitsPerSecond)));
            if (to.Site.Kind == SiteKind.Idc) ways.AddRange(idcs.Select(from => Way(to, from)));
            else
                foreach (string upstream in to.Site.Upstreams)
                    if (fleet.TryFindSite(upstream, out int from)) ways.Add(Way(to, fleet.Sites[from]!));
        }
        start[bound] = ways.Count;
        return new UpstreamTable([.. ways], start, ordinal, region, inverseWeight);

        UpstreamWay Way(IndexedSite to, IndexedSite from)
        {
            float rtt = (float)RttModel.EstimateMs(to.Site.Location, from.Site.Location);
            if (!links.TryGetValue((to.Site.Id, from.Site.Id), out int place)) return new UpstreamWay(to.Index, from.Index, long.MaxValue, 0, rtt, null);
            BackhaulLink link = fleet.Fleet.Links[place];
            return new UpstreamWay(to.Index, from.Index, Math.Max(1, link.Capacity.Kbps), (float)(link.PricePerMbps * priceWeight), rtt, place);
        }
    }

    /// <summary>A way.</summary>
    /// <param name="way">Index of the way.</param>
    public ref readonly UpstreamWay Way(int way) => ref _ways[way];

    /// <summary>Indexes of the ways that lead to a site: to a PoP from its upstreams in their order, to an IDC from every IDC, itself included.</summary>
    /// <param name="site">Index of the site.</param>
    public (int First, int Count) WaysTo(int site) => site < SiteBound ? (_start[site], _start[site + 1] - _start[site]) : (0, 0);

    /// <summary>Finds the way between two sites; a few comparisons.</summary>
    /// <param name="to">Index of the site that pulls.</param>
    /// <param name="from">Index of the IDC.</param>
    /// <param name="way">Index of the way; meaningless when there is none.</param>
    public bool TryFindWay(int to, int from, out int way)
    {
        (int first, int count) = WaysTo(to);
        way = first;
        if (from >= SiteBound || _ordinal[from] == NotAnIdc) return false;
        if (IsIdc(to))
        {
            way = first + _ordinal[from];
            return true;
        }
        for (; way < first + count; way++)
            if (_ways[way].From == from) return true;
        return false;
    }

    /// <summary>True when the site is an IDC.</summary>
    /// <param name="site">Index of the site.</param>
    public bool IsIdc(int site) => site < SiteBound && _ordinal[site] != NotAnIdc;

    /// <summary>True when a way between the two sites stays in one region.</summary>
    /// <param name="a">Index of a site.</param>
    /// <param name="b">Index of the other.</param>
    public bool InOneRegion(int a, int b) => _region[a] == _region[b];

    /// <summary>One over an IDC's weight in rendezvous hashing, its nodes' declared capacity in Gbit/s.</summary>
    internal float InverseWeight(int site) => _inverseWeight[site];
}
