using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Dispatch;

/// <summary>A world of chance: sites of mixed roles and protocols, some drained, silent or full, bills, floors, a row of an override, warm streams.</summary>
internal sealed class RandomWorld
{
    private const int Epoch = 10;
    private readonly Random _random;
    private readonly CandidateTable _candidates;
    private readonly Eligibility[] _standings;
    private readonly bool[] _doubted;
    private readonly float[] _extras;
    private readonly bool _frozen;

    public RandomWorld(int seed)
    {
        _random = new Random(seed);
        int sites = _random.Next(1, 25);
        Fleet = FleetIndexBuilder.Build(FleetOf(sites), [.. Enumerable.Range(1, sites)], [.. Enumerable.Range(1, sites * 3)], null, 0);
        Policy = DispatchPolicy.Default with
        {
            NearMs = _random.Next(3) * 4,
            ExploreShare = _random.Next(2) * 0.5,
            ExploreWithinMs = 30,
            SpillRatio = _random.Next(3) == 0 ? 0.05 : 0,
        };
        ImmutableArray<string> preferred = [.. Enumerable.Range(0, sites).Where(_ => _random.Next(3) == 0).Select(s => $"p{s:00}").Reverse()];
        int unmeasured = _random.Next(5);
        _candidates = CandidateTableBuilder.Build(
            [new CellPlace("GB-51n-000e-0001", 1, "GB", new GeoPoint(51, 0))], preferred.IsEmpty ? [] : [preferred], Fleet, Policy.Cost, null,
            (_, site) => site.Index % 5 != unmeasured);
        Rows = preferred.IsEmpty ? 1 : 2;
        Streams = new StreamTable(1_024, sites);
        bool hardTimes = _random.Next(4) == 0;
        _standings = [.. Enumerable.Range(0, sites * 3).Select(_ => hardTimes || _random.Next(3) == 0 ? (Eligibility)_random.Next(8) : Eligibility.Eligible)];
        _doubted = [.. _standings.Select(_ => _random.Next(20) == 0)];
        _extras = [.. Enumerable.Range(0, sites).Select(_ => _random.Next(5) == 0 ? 20f : 0)];
        _frozen = _random.Next(5) == 0;
        for (int site = 0; site < sites; site++) Fill(site, hardTimes);
        for (int i = 0; i < 20; i++) Streams.Warm((ulong)_random.Next(1, 4), _random.Next(sites), Epoch);
        StreamsWarmed = Streams.CountStreams();
    }

    public LiveLoad Load { get; } = new(LoadPenalty.Default);
    public StreamTable Streams { get; }
    public FleetIndex Fleet { get; }
    public DispatchPolicy Policy { get; }
    public int Rows { get; }
    public int StreamsWarmed { get; }

    public Question Ask() => new(
        _random.Next(Rows), (ulong)_random.Next(1, 6), (uint)_random.Next(), _random.Next(1, 200_000),
        _random.Next(4) == 0 ? NodeRoles.Ingest : NodeRoles.Edge,
        _random.Next(3) switch { 0 => StreamProtocols.None, 1 => StreamProtocols.Hls, _ => StreamProtocols.Flv },
        [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _random.Next(_standings.Length))],
        _random.Next(4) == 0 ? _random.Next(_standings.Length) : null,
        _random.Next(1, DispatchRequest.MaxWant + 1));

    public RoutingSnapshot Snapshot() => RoutingSnapshotBuilder.Build(
        1, 1, null!, _candidates, Fleet, _standings, _doubted, _extras, _frozen, Load, Streams, Policy);

    public DecisionTrace Trace(Question question) => DecisionTrace.Take(Snapshot(), Request(question));

    public Decision Look(Question question) => Decide(question, look: true);

    public Decision Dispatch(Question question) => Decide(question, look: false);

    private Decision Decide(Question question, bool look)
    {
        DispatchRequest request = Request(question, look);
        Dispatcher.Decide(Snapshot(), in request, out Decision decision);
        return decision;
    }

    private static DispatchRequest Request(Question question, bool look = false) => new()
    {
        Cell = 0, Row = question.Row, Stream = question.Stream, Viewer = question.Viewer, Kbps = question.Kbps, Role = question.Role,
        Protocols = question.Protocols, Exclude = question.Exclude, Stay = question.Stay, WarmEpoch = Epoch, Want = question.Want, LookOnly = look,
    };

    private Fleet FleetOf(int sites)
    {
        Fleet plain = World.FleetOf(sites, 3);
        ImmutableArray<Node> nodes =
        [
            .. plain.Nodes.Select(node => node with
            {
                Roles = _random.Next(4) switch { 0 => NodeRoles.Ingest, 1 => NodeRoles.Edge | NodeRoles.Ingest, _ => NodeRoles.Edge },
                Protocols = _random.Next(3) switch { 0 => StreamProtocols.Hls, 1 => StreamProtocols.Flv, _ => StreamProtocols.Hls | StreamProtocols.Flv },
            }),
        ];
        ImmutableArray<Site> places = [.. plain.Sites.Select(site => site with { Location = new GeoPoint(51, _random.NextDouble() * 60) })];
        return plain with { Nodes = nodes, Sites = places };
    }

    private void Fill(int site, bool hardTimes)
    {
        ref SiteLedger sum = ref Load.Site(site);
        foreach (int node in Fleet.Sites[site]!.Nodes)
        {
            ref NodeLedger ledger = ref Load.Node(node);
            long load = (long)(World.NodeKbps * (hardTimes && _random.Next(3) > 0 ? 1 : _random.NextDouble()));
            ledger.Offset = load;
            ledger.Ceiling = _random.Next(10) == 0 ? NodeLedger.NoRoom : World.NodeKbps - load;
            ledger.InverseCapacity = 1.0 / World.NodeKbps;
            sum.Offset += load;
            sum.Ceiling += Math.Max(0, ledger.Ceiling);
        }
        sum.InverseCapacity = 1.0 / (3 * World.NodeKbps);
        if (_random.Next(4) == 0) Load.SetBill(site, new SiteBill(World.NodeKbps, 30));
        Load.SetPlanned(site, _random.Next(3) == 0 ? _random.Next(40) : 0);
        Load.Reprice(site);
    }
}
