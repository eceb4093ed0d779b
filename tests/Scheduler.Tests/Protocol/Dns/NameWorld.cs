using System.Collections.Immutable;
using System.Net;
using System.Text;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Zones;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>A site in London (two nodes of both families and one of IPv4 alone), one in Berlin, one in Tokyo (IPv4 alone), and zones over them.</summary>
internal sealed class NameWorld
{
    public const long NowS = 1_800_000_000;
    public static readonly IpKey Resolver = IpKey.FromV4(0x51020304); // London

    private readonly LiveLoad _load = new(LoadPenalty.Default);
    private readonly CellLocator _locator;
    private readonly CandidateTable _candidates;
    private readonly StreamTable _streams = new(64, 3);

    public NameWorld(string? zones = null)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        (string Id, GeoPoint At, int Nodes)[] places = [("lon", new GeoPoint(51.5, 0), 3), ("ber", new GeoPoint(52.5, 13.4), 2), ("tyo", new GeoPoint(35.7, 139.7), 2)];
        var fleet = new Fleet(
            [new Region("world", "World")], [new Tariff("t", 1, TariffBilling.Flat, BitRate.Zero)],
            [.. places.Select(p => new Site(p.Id, SiteKind.Pop, "world", p.Id, "GB", p.At, null, "t", [], labels))],
            [
                .. places.SelectMany((p, s) => Enumerable.Range(1, p.Nodes).Select(n => new Node(
                    $"{p.Id}-{n}", p.Id, BitRate.FromKbps(World.NodeKbps), NodeRoles.Edge, StreamProtocols.Hls, n == 2 ? $"{p.Id}-{n}.edge.example:8443" : $"{p.Id}-{n}.edge.example",
                    IPAddress.Parse($"198.51.{s}.{n}"), p.Id == "tyo" || n == 3 ? null : IPAddress.Parse($"2001:db8:{s}::{n}"), labels))),
            ],
            [], ImmutableSortedDictionary<StreamProtocols, string>.Empty);
        Fleet = FleetIndexBuilder.Build(fleet, [1, 2, 3], [.. Enumerable.Range(1, fleet.Nodes.Length)], null, 0);
        Assert.True(CellLocator.TryCreate(TestMaps.Small, "GB-51n-000e-0001", [], out CellLocator? locator, out _));
        _locator = locator;
        _candidates = CandidateTableBuilder.Build(
            [.. TestMaps.Cells.Select((cell, i) => new CellPlace(cell.Id, i + 1, cell.Country, cell.Location))], [], Fleet, DispatchPolicy.Default.Cost, null, null);
        Standings = new Eligibility[fleet.Nodes.Length];
        for (int node = 0; node < fleet.Nodes.Length; node++) Fill(node, 0);
        Frame = FrameOf(zones ?? Zones);
    }

    public const string Zones = """
        zones:
          - origin: live.example.com
            name_servers: [ns1, ns2.example.net.]
            hostmaster: hostmaster@example.com
            negative_ttl: 30
            client_subnet: true
            records:
              - {name: ns1, type: A, data: 192.0.2.53}
              - {name: "@", type: TXT, data: '"v=spf1 -all"'}
              - {name: "@", type: CAA, data: '0 issue "ca.example"'}
              - {name: www, type: CNAME, data: play}
              - {name: lost, type: CNAME, data: nowhere}
              - {name: away, type: CNAME, data: other.example.net.}
              - {name: loop, type: CNAME, data: pool}
              - {name: pool, type: CNAME, data: loop}
              - {name: a.b.c, type: A, data: 192.0.2.9}
              - {name: "*.wild", type: A, data: 192.0.2.10}
              - {name: there.wild, type: TXT, data: here}
              - {name: sub, type: NS, data: ns.sub}
              - {name: sub, type: NS, data: ns.example.net.}
              - {name: ns.sub, type: A, data: 192.0.2.99}
              - {name: svc, type: HTTPS, data: '1 . alpn=h2,h3 ipv4hint=192.0.2.1'}
              - {name: many, type: TXT, data: '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'}
              - {name: many, type: TXT, data: '"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"'}
              - {name: many, type: TXT, data: '"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"'}
            steered:
              - {name: play, alpn: [h2, h3]}
              - {name: "*.any", nodes: 1}
          - origin: plain.example.com
            name_servers: [ns.example.net.]
            hostmaster: hostmaster@example.com
            steered:
              - {name: "@"}
        """;

    public FleetIndex Fleet { get; }
    public Eligibility[] Standings { get; }
    public DnsFrame Frame { get; set; }
    public CookieJar? Cookies { get; set; }
    public bool HasSnapshot { get; set; } = true;
    public DnsRules Rules { get; set; } = DnsRules.Default with { ServerId = "replica-1"u8.ToArray() };
    public DnsOutcome Outcome { get; private set; }

    public void Fill(int node, long loadKbps)
    {
        ref NodeLedger ledger = ref _load.Node(node);
        (ledger.Offset, ledger.Ceiling, ledger.InverseCapacity) = (loadKbps, World.NodeKbps - loadKbps, 1.0 / World.NodeKbps);
        ref SiteLedger sum = ref _load.Site(Fleet.SiteOf(node));
        (sum.Offset, sum.Ceiling, sum.InverseCapacity) = (0, 0, 1.0 / (World.NodeKbps * Fleet.Sites[Fleet.SiteOf(node)]!.Nodes.Length));
        foreach (int other in Fleet.Sites[Fleet.SiteOf(node)]!.Nodes)
        {
            sum.Offset += _load.Node(other).Offset;
            sum.Ceiling += Math.Max(0, _load.Node(other).Ceiling);
        }
        _load.Reprice(Fleet.SiteOf(node));
    }

    public RoutingSnapshot Snapshot() => RoutingSnapshotBuilder.Build(
        1, 1, _locator, _candidates, Fleet, Standings, new bool[Standings.Length], new float[3], false, _load, _streams, DispatchPolicy.Default);

    public DnsMoment Moment(long nowS = NowS) => new(HasSnapshot ? Snapshot() : null, Frame, Cookies, nowS, 10);

    public static DnsFrame FrameOf(string yaml, int calmS = 60)
    {
        DocumentReadResult<ZoneSet> read = ZonesYaml.Read(Encoding.UTF8.GetBytes(yaml), null);
        Assert.True(read.IsValid, string.Join("\n", read.Problems));
        return new DnsFrame(ZoneTable.Build(read.Value, 7), StreamClassifier.None, [.. Enumerable.Repeat((byte)calmS, 3)]);
    }

    public Reading Answer(byte[] question, bool tcp = false, IpKey? from = null, long nowS = NowS)
    {
        byte[] answer = Raw(question, tcp, from, nowS);
        Assert.NotEmpty(answer);
        return new Reading(answer);
    }

    public byte[] Raw(byte[] question, bool tcp = false, IpKey? from = null, long nowS = NowS)
    {
        byte[] output = new byte[tcp ? DnsRules.MostTcpLength : DnsRules.MostUdpLength];
        int length = new DnsResponder(Rules).Answer(question, new DnsAsker(from ?? Resolver, tcp), Moment(nowS), output, out DnsOutcome outcome);
        Outcome = outcome;
        return output[..length];
    }
}
