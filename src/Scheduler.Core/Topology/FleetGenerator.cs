using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>
/// Makes fleets of any size on real geography, for benchmarks, tests and simulations. Pure: the same arguments give the same fleet, which
/// is valid and in canonical order.
/// </summary>
public static class FleetGenerator
{
    /// <summary>Sigma of the logarithm of a site's capacity around its share by population.</summary>
    private const double CapacitySigma = 0.45;

    /// <summary>Egress capacity of the fleet by node, Gbit/s.</summary>
    private const double MeanNodeGbps = 40;

    private static readonly ImmutableSortedDictionary<StreamProtocols, string> Urls = ImmutableSortedDictionary.CreateRange(
        [
            KeyValuePair.Create(StreamProtocols.Hls, "https://{host}/live/{stream}/index.m3u8"),
            KeyValuePair.Create(StreamProtocols.Dash, "https://{host}/live/{stream}/manifest.mpd"),
            KeyValuePair.Create(StreamProtocols.Flv, "https://{host}/live/{stream}.flv"),
            KeyValuePair.Create(StreamProtocols.WebRtc, "https://{host}/whep/{stream}"),
            KeyValuePair.Create(StreamProtocols.Rtmp, "rtmp://{host}/live/{stream}"),
            KeyValuePair.Create(StreamProtocols.Srt, "srt://{host}?streamid={stream}"),
        ]);

    /// <summary>Makes a fleet.</summary>
    /// <param name="sites">Sites, IDCs included (about 8 %, two or more a continent); in [1, <see cref="FleetLimits.Sites"/>].</param>
    /// <param name="nodes">Nodes; from one a site to <see cref="FleetLimits.Nodes"/>.</param>
    /// <param name="cities">Where sites may stand, in any order. At least <paramref name="sites"/> of them must lie 60 km apart.</param>
    /// <param name="seed">Seed of the capacities and tariffs.</param>
    /// <returns>
    /// A valid fleet in canonical order: the largest cities of each continent, PoPs fed by their two nearest IDCs, capacities lognormal
    /// (sigma 0.45) around the share of the population, prices by market, half of the sites billed by percentile.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    /// <exception cref="ArgumentException">Too few cities are 60 km apart.</exception>
    public static Fleet Generate(int sites, int nodes, IReadOnlyList<City> cities, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sites, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sites, FleetLimits.Sites);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, sites);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, FleetLimits.Nodes);
        ArgumentNullException.ThrowIfNull(cities);
        List<City> chosen = CityChoice.Spread(cities, sites);
        if (chosen.Count < sites)
        {
            throw new ArgumentException(
                $"Only {chosen.Count} of the cities lie {CityChoice.SpacingKm} km apart; {sites} are needed.", nameof(cities));
        }

        var random = new Random(seed);
        double[] weights = [.. chosen.Select(city => city.Population * Math.Exp(CapacitySigma * NextNormal(random)))];
        double gbpsPerWeight = nodes * MeanNodeGbps / weights.Sum();
        // A large site has more nodes and larger ones: both grow with the root of its capacity.
        int[] counts = Apportionment.Share(nodes, [.. weights.Select(Math.Sqrt)]);

        var draft = new FleetDraft();
        HashSet<City> idcs = CityChoice.Idcs(chosen);
        foreach (int i in Enumerable.Range(0, sites).OrderByDescending(i => idcs.Contains(chosen[i]))) // IDCs first; a stable sort
        {
            SiteKind kind = idcs.Contains(chosen[i]) ? SiteKind.Idc : SiteKind.Pop;
            double gbps = Math.Clamp(Math.Round(weights[i] * gbpsPerWeight), 1, FleetLimits.Capacity.Mbps / 1_000);
            draft.Add(chosen[i], kind, BitRate.FromGbps(gbps), counts[i], random.Next(2) == 0);
        }
        return FleetValidator.Canonical(draft.ToFleet(Urls));
    }

    /// <summary>A standard normal number (Box and Muller).</summary>
    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
