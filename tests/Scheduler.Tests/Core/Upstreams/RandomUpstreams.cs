using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Core.Upstreams;

namespace Scheduler.Tests.Core.Upstreams;

/// <summary>IDCs and PoPs of chance in two regions: standings, loads, closed and narrow links, drains that are half done, streams at home here and there.</summary>
internal sealed class RandomUpstreams
{
    public const int Epoch = 10;
    public const int Streams = 12;
    private const long NodeKbps = 1_000_000;
    private const int NodesPerSite = 3;
    private readonly Random _random;

    /// <param name="seed">Of everything.</param>
    /// <param name="calm">True for a world in which all is well: nothing drained, closed, full or dear.</param>
    public RandomUpstreams(int seed, bool calm = false)
    {
        _random = new Random(seed);
        Idcs = _random.Next(2, 7);
        Sites = Idcs + _random.Next(1, 9);
        Index = FleetIndexBuilder.Build(FleetOf(), [.. Enumerable.Range(1, Sites)], [.. Enumerable.Range(1, Sites * NodesPerSite)], null, 0);
        Standings = [.. Enumerable.Range(0, Sites * NodesPerSite).Select(_ => calm || _random.Next(3) > 0 ? Eligibility.Eligible : (Eligibility)_random.Next(8))];
        Table = UpstreamTable.Build(Index, 1);
        Links = new LinkLoads(Table, LoadPenalty.Default);
        for (int way = 0; way < Table.Count; way++)
        {
            if (calm) continue;
            Links.SetClosed(way, _random.Next(8) == 0);
            Links.Assign(way, _random.NextInt64(1_200_000));
        }
        for (int node = 0; node < Standings.Length; node++) SetLoad(node, calm ? 0 : (long)(NodeKbps * 1.1 * _random.NextDouble()));
        for (ulong stream = 1; stream <= Streams; stream++)
        {
            for (int publishers = _random.Next(calm ? 1 : 0, 3); publishers > 0; publishers--)
                Homes.Arrived(stream, _random.Next(Idcs * NodesPerSite), 1);
            if (!calm && _random.Next(2) == 0) Known.Warm(stream, _random.Next(Idcs), Epoch);
        }
        if (!calm && _random.Next(2) == 0)
        {
            ReparentPace pace = ReparentPace.Of([.. Enumerable.Range(1, Streams).Select(s => new PulledStream((ulong)s, _random.Next(1, 50) * 1_000))]);
            int site = _random.Next(Idcs);
            Drains = ParentDrains.None.With(site, pace, _random.NextDouble());
            foreach (int node in Index.Sites[site]!.Nodes) Standings[node] = Eligibility.Drained;
        }
    }

    public int Idcs { get; }
    public int Sites { get; }
    public FleetIndex Index { get; }
    public UpstreamTable Table { get; }
    public LinkLoads Links { get; }
    public StreamHomes Homes { get; } = new();
    public ParentDrains Drains { get; } = ParentDrains.None;
    public Eligibility[] Standings { get; }
    public LiveLoad Load { get; } = new(LoadPenalty.Default);
    public StreamTable Known { get; } = new(64, 64);

    public UpstreamView View() => new(Snapshot(), Table, Homes, Links, Drains, UpstreamPolicy.Default);

    public RoutingSnapshot Snapshot() => RoutingSnapshotBuilder.Build(
        1, 1, null!, CandidateTableBuilder.Build([], [], Index, SiteCost.Default), Index, Standings, new bool[Standings.Length], new float[Sites], false,
        Load, Known, DispatchPolicy.Default);

    public UpstreamQuestion Ask(bool current = false) => new(
        (ulong)_random.Next(1, Streams + 1), _random.Next(Standings.Length), _random.Next(1, 100_000), Epoch,
        current ? _random.Next(Idcs * NodesPerSite) : null);

    public IEnumerable<UpstreamQuestion> AskAll() =>
        from stream in Enumerable.Range(1, Streams) from node in Enumerable.Range(0, Standings.Length) select new UpstreamQuestion((ulong)stream, node, 3_000, Epoch);

    public bool HasRoom(int node, long kbps) => (Load.Node(node).LoadKbps + kbps) * Load.Node(node).InverseCapacity <= 1;

    public void SetLoad(int node, long kbps)
    {
        ref NodeLedger ledger = ref Load.Node(node);
        ref SiteLedger site = ref Load.Site(Index.SiteOf(node));
        site.Offset += kbps - ledger.LoadKbps;
        site.InverseCapacity = 1.0 / (NodesPerSite * NodeKbps);
        ledger.Offset = kbps - ledger.Assigned;
        ledger.Ceiling = ledger.Assigned + Math.Max(0, NodeKbps - kbps);
        ledger.InverseCapacity = 1.0 / NodeKbps;
        Load.Reprice(Index.SiteOf(node));
    }

    /// <summary>
    /// Rank of a node for a stream: 0 where it comes in, 1 at its home's site, 2 for the one in another IDC that pulls for all of it, 3 for the others there, 4 in a PoP.
    /// A parent's is lower than its child's.
    /// </summary>
    public int Rank(ulong stream, int node)
    {
        bool known = Homes.TryFind(stream, out StreamHome home);
        if (known && (node == home.Node || node == home.Backup)) return 0;
        int site = Index.SiteOf(node);
        if (known && (site == Index.SiteOf(home.Node) || (home.Backup is { } backup && site == Index.SiteOf(backup)))) return 1;
        if (!Table.IsIdc(site)) return 4;
        UpstreamView view = View();
        var question = new UpstreamQuestion(stream, node, 0, Epoch);
        return UpstreamNodes.TryFindRelay(view, in question, new UpstreamPaths(view, in question, home, lastResort: true), out int relay) && relay == node ? 2 : 3;
    }

    private Fleet FleetOf()
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        var sites = ImmutableArray.CreateBuilder<Site>();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        var links = ImmutableArray.CreateBuilder<BackhaulLink>();
        for (int s = 0; s < Sites; s++)
        {
            bool idc = s < Idcs;
            string id = idc ? $"i{s:00}" : $"p{s:00}";
            string[] upstreams = idc ? [] : [.. Enumerable.Range(0, Idcs).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).Select(i => $"i{i:00}")];
            string region = _random.Next(2) == 0 ? "east" : "west";
            sites.Add(new Site(id, idc ? SiteKind.Idc : SiteKind.Pop, region, "Somewhere", "GB", new GeoPoint(51, _random.NextDouble() * 60), null, "flat", [.. upstreams], labels));
            for (int n = 0; n < NodesPerSite; n++)
                nodes.Add(new Node(
                    $"{id}-{n}", id, BitRate.FromKbps(NodeKbps), idc ? NodeRoles.Ingest | NodeRoles.Origin : NodeRoles.Edge, StreamProtocols.Hls,
                    $"{id}-{n}.example", null, null, labels));
            foreach (string upstream in idc ? Enumerable.Range(0, Idcs).Where(i => i != s && _random.Next(2) == 0).Select(i => $"i{i:00}") : upstreams)
                if (_random.Next(4) > 0) links.Add(new BackhaulLink(id, upstream, BitRate.FromKbps(_random.Next(1, 2_000_000)), _random.NextDouble() * 5));
        }
        return FleetValidator.Canonical(new Fleet(
            [new Region("east", "East"), new Region("west", "West")], [new Tariff("flat", 1, TariffBilling.Flat, BitRate.Zero)],
            sites.ToImmutable(), nodes.ToImmutable(), links.ToImmutable(), ImmutableSortedDictionary<StreamProtocols, string>.Empty));
    }
}
