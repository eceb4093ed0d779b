namespace Scheduler.Core.Topology;

/// <summary>Chooses the cities of a generated fleet, and which of them hold an IDC.</summary>
internal static class CityChoice
{
    /// <summary>Least distance between two sites of a generated fleet, km.</summary>
    public const double SpacingKm = 60;

    /// <summary>Distance at which a second IDC adds more than a larger city would, km.</summary>
    private const double IdcSpacingKm = 800;

    /// <summary>
    /// The largest cities at least <see cref="SpacingKm"/> apart. Continents share the sites by the square root of the people in their
    /// cities, so that the populous ones do not take all.
    /// </summary>
    /// <returns>Exactly <paramref name="count"/> cities, or all that are far enough apart when those are fewer.</returns>
    public static List<City> Spread(IReadOnlyList<City> cities, int count)
    {
        var pools = cities.Where(IsUsable)
            .GroupBy(city => Continents.Of(city.Country)!.Value)
            .OrderBy(group => group.Key)
            .Select(group => new Queue<City>(group.OrderByDescending(city => city.Population)
                .ThenBy(city => city.Country, StringComparer.Ordinal).ThenBy(city => city.Name, StringComparer.Ordinal)))
            .Select(queue => (Queue: queue, Weight: Math.Sqrt(queue.Sum(city => (double)city.Population))))
            .ToArray();
        var taken = new int[pools.Length];
        var chosen = new List<City>(count);
        while (chosen.Count < count)
        {
            // The continent furthest behind its share is next (D'Hondt): exact at every count, and an exhausted one yields to the rest.
            int next = -1;
            for (int i = 0; i < pools.Length; i++)
            {
                if (pools[i].Queue.Count == 0) continue;
                if (next < 0 || pools[i].Weight * (taken[next] + 1) > pools[next].Weight * (taken[i] + 1)) next = i;
            }
            if (next < 0) break;
            City city = pools[next].Queue.Dequeue();
            if (!IsApart(city, chosen, SpacingKm)) continue;
            chosen.Add(city);
            taken[next]++;
        }
        return chosen;
    }

    /// <summary>
    /// About 8 % of the cities, and at least two of every continent that has four: the largest first, at least 800 km apart where the
    /// continent allows it.
    /// </summary>
    public static HashSet<City> Idcs(IReadOnlyList<City> cities)
    {
        var idcs = new HashSet<City>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<Continent, City> continent in cities.GroupBy(city => Continents.Of(city.Country)!.Value))
        {
            City[] largest = [.. continent.OrderByDescending(city => city.Population)];
            int wanted = Math.Max(largest.Length >= 4 ? 2 : 0, (int)Math.Round(largest.Length * 0.08));
            Take(largest, wanted, IdcSpacingKm, idcs);
            Take(largest, wanted, 0, idcs);
        }
        if (idcs.Count == 0) idcs.Add(cities.MaxBy(city => city.Population)!); // a small fleet still needs one
        return idcs;

        static void Take(City[] largest, int wanted, double spacingKm, HashSet<City> idcs)
        {
            int left = wanted - largest.Count(idcs.Contains);
            foreach (City city in largest)
                if (left > 0 && !idcs.Contains(city) && IsApart(city, idcs, spacingKm) && idcs.Add(city)) left--;
        }
    }

    private static bool IsUsable(City city) =>
        Market.Of(city.Country) is not null && city.Population > 0 && city.Location.IsValid && FleetText.IsName(city.Name);

    private static bool IsApart(City city, IEnumerable<City> others, double km)
    {
        foreach (City other in others)
        {
            // A degree of latitude is 111 km everywhere: most pairs need no trigonometry.
            if (Math.Abs(city.Location.Latitude - other.Location.Latitude) * 111 > km) continue;
            if (city.Location.DistanceKm(other.Location) < km) return false;
        }
        return true;
    }
}
