using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Geo;

/// <summary>Compares a map with the database it was made from, at random addresses.</summary>
internal static class AccuracyCheck
{
    /// <summary>Compares at random addresses of a database.</summary>
    /// <param name="map">The map.</param>
    /// <param name="database">The database.</param>
    /// <param name="v4">
    /// True for its IPv4 addresses, each as likely as any other; false for IPv6: a network, each as likely as any other, and an address in
    /// it.
    /// </param>
    /// <param name="samples">Addresses with a country to compare, over 0.</param>
    /// <param name="random">Source of the addresses.</param>
    /// <param name="result">The comparison.</param>
    /// <param name="reason">Why it cannot be made.</param>
    public static bool TryRun(
        CellMap map, MmdbReader database, bool v4, int samples, Random random,
        [NotNullWhen(true)] out AccuracyResult? result, [NotNullWhen(false)] out string? reason)
    {
        result = null;
        if (!TryGather(database, v4, out Sampled[] networks, out ulong total, out reason)) return false;
        double[] km = new double[samples];
        int located = 0, sameCountry = 0;
        for (int i = 0; i < samples; i++)
        {
            Sampled network = networks[Pick(networks, (ulong)random.NextInt64((long)total))];
            UInt128 first = network.Prefix.Network.Value, host = first ^ network.Prefix.Last.Value;
            UInt128 offset = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64() << 1) & host;
            bool known = map.TryLocate(new IpKey(first | offset), out CellMatch match);
            Cell? cell = known ? map.Cells[match.Cell] : null;
            if (cell?.Country == network.Place.Country) sameCountry++;
            // An unknown address counts as the worst there is, so that leaving addresses out cannot make the figures better.
            double distance = double.MaxValue;
            if (cell is not null) distance = network.Place.Location is { } location ? cell.Location.DistanceKm(location) : 0;
            if (known) located++;
            km[i] = distance;
        }
        Array.Sort(km);
        result = new AccuracyResult(
            samples, (double)located / samples, (double)sameCountry / samples, km[samples / 2], km[(int)(samples * 0.95)], km[(int)(samples * 0.99)]);
        return true;
    }

    private static bool TryGather(
        MmdbReader database, bool v4, out Sampled[] networks, out ulong total, [NotNullWhen(false)] out string? reason)
    {
        var list = new List<Sampled>();
        var places = new Dictionary<int, CityPlace?>();
        total = 0;
        networks = [];
        MmdbNetworkCursor cursor = database.Networks();
        while (cursor.TryNext(out MmdbNetwork network))
        {
            if (network.Prefix.IsV4 != v4) continue;
            if (!places.TryGetValue(network.RecordOffset, out CityPlace? place))
            {
                if (!database.TryRead(network.RecordOffset, out MmdbValue? record, out MmdbProblem? problem))
                {
                    reason = problem.ToString();
                    return false;
                }
                place = CityPlace.TryFrom(record, out CityPlace found) ? found : null;
                places.Add(network.RecordOffset, place);
            }
            if (place is not { } known) continue;
            list.Add(new Sampled(network.Prefix, known, total));
            total += v4 ? 1UL << (32 - network.Prefix.Length) : 1;
        }
        networks = [.. list];
        reason = cursor.Problem?.ToString() ?? (total == 0 ? "the database has no addresses of this family" : null);
        return reason is null;
    }

    private static int Pick(Sampled[] networks, ulong at)
    {
        int low = 0, high = networks.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (networks[middle].Before <= at) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private readonly record struct Sampled(IpPrefix Prefix, CityPlace Place, ulong Before);
}
