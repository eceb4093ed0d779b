using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Topology;

/// <summary>Small fleets for tests.</summary>
internal static class FleetSamples
{
    /// <summary>One IDC (ams, one node) and one PoP (lon1, two nodes) that it feeds. Valid and in canonical order.</summary>
    public static Fleet Small { get; } = new(
        [new Region("europe", "Europe")],
        [new Tariff("europe-flat", 1, TariffBilling.Flat, BitRate.Zero)],
        [
            Site("ams", SiteKind.Idc),
            Site("lon1", SiteKind.Pop) with { Upstreams = ["ams"], Labels = Labels.None.Add("tier", "metro").Add("rack", "z") },
        ],
        [
            Node("ams-01", "ams") with { Roles = NodeRoles.Ingest | NodeRoles.Origin },
            Node("lon1-01", "lon1") with { Labels = Labels.None.Add("rack", "a") },
            Node("lon1-02", "lon1") with { Labels = Labels.None.Add("rack", "b") },
        ],
        [new BackhaulLink("lon1", "ams", BitRate.FromGbps(100), 0.2)],
        ImmutableSortedDictionary<StreamProtocols, string>.Empty.Add(StreamProtocols.Hls, "https://{host}/live/{stream}.m3u8"));

    public static Site Site(string id, SiteKind kind) =>
        new(id, kind, "europe", "Somewhere", "NL", new GeoPoint(52.3, 4.9), null, "europe-flat", [], Labels.None);

    public static Node Node(string id, string site) =>
        new(id, site, BitRate.FromGbps(40), NodeRoles.Edge, StreamProtocols.Hls, $"{id}.edge.example", null, null, Labels.None);

    /// <summary>A place on a grid of points 2 degrees apart, for generated fleets: far enough from its neighbours up to 70 degrees north.</summary>
    public static ImmutableArray<City> GridOfCities()
    {
        (string Country, double Latitude, double Longitude)[] corners =
            [("DE", 36, -8), ("US", 26, -120), ("BR", -34, -70), ("IN", 6, 70), ("SA", 16, 36), ("ZA", -34, 12), ("AU", -40, 114)];
        ImmutableArray<City>.Builder cities = ImmutableArray.CreateBuilder<City>();
        foreach ((string country, double latitude, double longitude) in corners)
        {
            for (int i = 0; i < 200; i++)
            {
                var place = new GeoPoint(latitude + (2 * (i / 14)), longitude + (2 * (i % 14)));
                cities.Add(new City($"{country} {i}", country, place, 20_000_000 / (i + 1)));
                // A suburb: must never be chosen beside its city.
                cities.Add(new City($"{country} {i} suburb", country, place with { Latitude = place.Latitude + 0.2 }, 10_000_000 / (i + 1)));
            }
        }
        return cities.ToImmutable();
    }
}
