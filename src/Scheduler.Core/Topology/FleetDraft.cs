using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>A generated fleet under construction: sites are added one by one, IDCs before the PoPs that they feed.</summary>
internal sealed class FleetDraft
{
    /// <summary>Share of a PoP's egress that each of its two links carries: a stream crosses once and is served many times.</summary>
    private const double LinkShare = 0.25;

    /// <summary>Highest share of a site's capacity that it commits to pay for: 60 % of a peak that fills 60 % of the site.</summary>
    private const double CommitShare = 0.36;

    private const StreamProtocols PopProtocols = StreamProtocols.Hls | StreamProtocols.Dash | StreamProtocols.Flv | StreamProtocols.WebRtc;
    private const StreamProtocols IdcProtocols = PopProtocols | StreamProtocols.Rtmp | StreamProtocols.Srt;
    private const NodeRoles IdcRoles = NodeRoles.Edge | NodeRoles.Ingest | NodeRoles.Origin;

    /// <summary>First address of 198.18.0.0/15, the 131,072 addresses set aside for benchmarks (RFC 2544).</summary>
    private const uint BenchmarkNetwork = 0xC612_0000;

    private readonly ImmutableArray<Site>.Builder _sites = ImmutableArray.CreateBuilder<Site>();
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableArray<BackhaulLink>.Builder _links = ImmutableArray.CreateBuilder<BackhaulLink>();
    private readonly SortedDictionary<string, Tariff> _tariffs = new(StringComparer.Ordinal);
    private readonly List<Site> _idcs = [];
    private readonly SiteNames _names = new();

    /// <summary>Adds a site with its nodes and, for a PoP, the links to its two nearest IDCs.</summary>
    /// <param name="city">Where it stands; in a country that has a market.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="capacity">What it may send; over zero.</param>
    /// <param name="nodes">How many nodes it has; at least 1.</param>
    /// <param name="byPercentile">True when its bill is the 95th percentile over a commit, false when it is flat.</param>
    public void Add(City city, SiteKind kind, BitRate capacity, int nodes, bool byPercentile)
    {
        Market market = Market.Of(city.Country)!;
        Site[] upstreams = kind == SiteKind.Idc ? [] : [.. _idcs.OrderBy(idc => idc.Location.DistanceKm(city.Location)).Take(2)];
        var site = new Site(
            _names.Next(city.Name, kind), kind, market.Region.Id, city.Name, city.Country, city.Location, capacity,
            TariffFor(market, capacity, byPercentile), [.. upstreams.Select(idc => idc.Id)], Labels.None);
        _sites.Add(site);
        if (kind == SiteKind.Idc) _idcs.Add(site);
        foreach (Site idc in upstreams)
        {
            double price = Math.Max(market.PricePerMbps, Market.Of(idc.Country)!.PricePerMbps) * LinkShare;
            _links.Add(new BackhaulLink(site.Id, idc.Id, BitRate.FromGbps(Math.Max(1, Math.Round(capacity.Mbps / 1_000 * LinkShare))), price));
        }
        AddNodes(site, capacity, nodes);
    }

    /// <summary>The fleet as drafted.</summary>
    public Fleet ToFleet(ImmutableSortedDictionary<StreamProtocols, string> urls) => new(
        [.. Market.All.Select(market => market.Region).Where(region => _sites.Any(site => site.Region == region.Id))],
        [.. _tariffs.Values], _sites.ToImmutable(), _nodes.ToImmutable(), _links.ToImmutable(), urls);

    private void AddNodes(Site site, BitRate siteCapacity, int count)
    {
        var capacity = BitRate.FromGbps(PortFor(siteCapacity.Mbps / 1_000 / count));
        bool isIdc = site.Kind == SiteKind.Idc;
        for (int number = 1; number <= count; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{site.Id}-{number:00}");
            _nodes.Add(new Node(
                id, site.Id, capacity, isIdc ? IdcRoles : NodeRoles.Edge, isIdc ? IdcProtocols : PopProtocols, $"{id}.edge.example",
                IPv4(_nodes.Count), IPv6(_sites.Count, number), Labels.None));
        }
    }

    /// <summary>The smallest port, in Gbit/s, of those that servers are sold with, that carries a node's part of its site.</summary>
    private static int PortFor(double gbps)
    {
        foreach (int port in (ReadOnlySpan<int>)[10, 25, 40, 50, 100, 200, 400])
            if (gbps <= port) return port;
        return (int)Math.Min(Math.Ceiling(gbps), FleetLimits.NodeCapacity.Mbps / 1_000);
    }

    /// <summary>Commits come in powers of four Gbit/s, as price lists have steps; each step is one tariff.</summary>
    private string TariffFor(Market market, BitRate capacity, bool byPercentile)
    {
        int step = 1;
        while (step * 4 <= capacity.Mbps / 1_000 * CommitShare) step *= 4;
        string id = byPercentile ? string.Create(CultureInfo.InvariantCulture, $"{market.Region.Id}-p95-{step}g") : $"{market.Region.Id}-flat";
        _tariffs[id] = byPercentile
            ? new Tariff(id, market.PricePerMbps, TariffBilling.Percentile95, BitRate.FromGbps(step))
            : new Tariff(id, market.PricePerMbps, TariffBilling.Flat, BitRate.Zero);
        return id;
    }

    private static IPAddress IPv4(int node)
    {
        uint address = BenchmarkNetwork + 1 + (uint)node;
        return new IPAddress([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]);
    }

    /// <summary>2001:db8:SITE::NODE, in the prefix set aside for documentation (RFC 3849).</summary>
    private static IPAddress IPv6(int site, int node) => new(
        [0x20, 0x01, 0x0D, 0xB8, (byte)(site >> 8), (byte)site, 0, 0, 0, 0, 0, 0, 0, (byte)(node >> 16), (byte)(node >> 8), (byte)node]);
}
