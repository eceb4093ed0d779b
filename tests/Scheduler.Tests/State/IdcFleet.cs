using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.State;

/// <summary>
/// Three IDCs of two nodes each, ams, fra and iad, and three PoPs: lon1 and par1 pull from ams and fra, nyc1 from iad and ams. All links carry 10 Gbit/s but where
/// it is said otherwise.
/// </summary>
internal static class IdcFleet
{
    public const long NodeKbps = 1_000_000;

    private static readonly (string Id, SiteKind Kind, string Region, double Latitude, double Longitude, string[] Upstreams)[] Sites =
    [
        ("ams", SiteKind.Idc, "europe", 52.3, 4.9, []),
        ("fra", SiteKind.Idc, "europe", 50.1, 8.7, []),
        ("iad", SiteKind.Idc, "america", 39.0, -77.5, []),
        ("lon1", SiteKind.Pop, "europe", 51.5, -0.1, ["ams", "fra"]),
        ("nyc1", SiteKind.Pop, "america", 40.7, -74.0, ["iad", "ams"]),
        ("par1", SiteKind.Pop, "europe", 48.9, 2.3, ["ams", "fra"]),
    ];

    public static Fleet Of(long linkKbps = 10_000_000, ImmutableArray<Tariff>? tariffs = null)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        return new Fleet(
            [new Region("america", "America"), new Region("europe", "Europe")],
            tariffs ?? [new Tariff("eu", 1, TariffBilling.Flat, BitRate.Zero), new Tariff("us", 1, TariffBilling.Flat, BitRate.Zero)],
            [
                .. Sites.Select(s => new Site(
                    s.Id, s.Kind, s.Region, s.Id, s.Region == "europe" ? "NL" : "US", new GeoPoint(s.Latitude, s.Longitude), null, s.Region == "europe" ? "eu" : "us",
                    [.. s.Upstreams], labels)),
            ],
            [
                .. Sites.SelectMany(s => Enumerable.Range(1, 2).Select(n => new Node(
                    $"{s.Id}-{n:00}", s.Id, BitRate.FromKbps(NodeKbps), s.Kind == SiteKind.Idc ? NodeRoles.Ingest | NodeRoles.Origin : NodeRoles.Edge,
                    StreamProtocols.Hls | StreamProtocols.Rtmp, $"{s.Id}-{n:00}.example", null, null, labels))),
            ],
            [
                .. Sites.SelectMany(s => s.Upstreams.Order().Select(idc => new BackhaulLink(s.Id, idc, BitRate.FromKbps(linkKbps), 0.25))),
            ],
            ImmutableSortedDictionary<StreamProtocols, string>.Empty);
    }
}
