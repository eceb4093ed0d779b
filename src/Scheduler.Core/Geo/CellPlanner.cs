using System.Collections.Frozen;
using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>
/// Chooses the cells' places. First cover: the heaviest place of a country that lies over <see cref="CellMapOptions.CoverKm"/> from every
/// anchor becomes one, until none does that matters. Then refinement up to <see cref="CellMapOptions.TargetCells"/>: the place with the
/// most address-kilometres to its anchor becomes one.
/// </summary>
internal sealed class CellPlanner
{
    private const double SpotsPerDegree = 10; // spots of about 11 km

    private const double NamingKm = 30; // a city as near as this gives its name to the cell

    private readonly CellMapOptions _options;
    private readonly PlaceTable _places;
    private readonly IReadOnlyList<City> _cities;
    private readonly Dictionary<string, List<Spot>> _spots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Anchor>> _anchors = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Cell> _previous;

    public CellPlanner(CellMapOptions options, PlaceTable places, IReadOnlyList<City> cities, IReadOnlyList<Cell> previous) =>
        (_options, _places, _cities, _previous) = (options, places, cities, previous);

    /// <summary>Chooses the cells and gives every place its cell.</summary>
    public CellPlan Plan()
    {
        GatherSpots();
        foreach (Cell cell in _previous.Where(c => c.Carrier is null)) Settle(new Anchor(cell.Country, cell.Place, cell.Location, cell.Id));
        DropEmptyAnchors();
        Cover();
        Refine();
        return Assign();
    }

    private void GatherSpots()
    {
        var byKey = new Dictionary<(string Country, int Latitude, int Longitude), Spot>();
        for (int i = 1; i < _places.Places.Length; i++)
        {
            CityPlace place = _places.Places[i];
            // A country without any coordinates in the database still has viewers: its largest city stands in.
            GeoPoint? location = place.Location ?? (_places.Weights[i] > 0 ? LargestCity(place.Country)?.Location : null);
            if (location is not { } point) continue;
            var key = (place.Country, (int)Math.Round(point.Latitude * SpotsPerDegree), (int)Math.Round(point.Longitude * SpotsPerDegree));
            if (!byKey.TryGetValue(key, out Spot? spot))
            {
                spot = new Spot { Country = place.Country };
                byKey.Add(key, spot);
                ListOf(_spots, place.Country).Add(spot);
            }
            spot.Add(place, point, place.Location is null ? 0 : _places.Weights[i]);
        }
        foreach (List<Spot> list in _spots.Values)
            list.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : Order(a.Name, a.Location, b.Name, b.Location));
    }

    private City? LargestCity(string country)
    {
        City? largest = null;
        foreach (City city in _cities)
            if (city.Country == country && (largest is null || city.Population > largest.Population)) largest = city;
        return largest;
    }

    private void Settle(Anchor anchor)
    {
        ListOf(_anchors, anchor.Country).Add(anchor);
        if (!_spots.TryGetValue(anchor.Country, out List<Spot>? near)) return;
        foreach (Spot spot in near) spot.NearestKm = Math.Min(spot.NearestKm, spot.Location.DistanceKm(anchor.Location));
    }

    /// <summary>Forgets anchors of the map before that no spot is nearest to.</summary>
    private void DropEmptyAnchors()
    {
        foreach ((string country, List<Anchor> list) in _anchors.ToArray())
        {
            List<Spot> near = _spots.GetValueOrDefault(country) ?? [];
            HashSet<int> used = [.. near.Where(s => s.Weight > 0).Select(s => Nearest(list, s.Location))];
            Anchor[] kept = [.. list.Where((_, i) => used.Contains(i))];
            _anchors.Remove(country);
            foreach (Spot spot in near) spot.NearestKm = Math.PI * GeoPoint.EarthRadiusKm;
            foreach (Anchor anchor in kept) Settle(anchor);
        }
    }

    private void Cover()
    {
        foreach ((string country, List<Spot> list) in _spots)
        {
            foreach (Spot spot in list)
            {
                if (spot.NearestKm <= _options.CoverKm) continue;
                bool first = !_anchors.ContainsKey(country); // every country has a cell, however small it is
                if (first || AddressesBeyondReach(list, spot) >= _options.MinAddresses)
                    Settle(new Anchor(country, spot.Name, spot.Location, null));
            }
        }
    }

    /// <summary>Addresses that a cell at a spot would bring within reach.</summary>
    private long AddressesBeyondReach(List<Spot> list, Spot center)
    {
        long addresses = 0;
        foreach (Spot spot in list)
            if (spot.NearestKm > _options.CoverKm && spot.Location.DistanceKm(center.Location) <= _options.CoverKm) addresses += spot.Weight;
        return addresses;
    }

    private void Refine()
    {
        // Gains only fall as anchors are added, so the top of the queue is the best of all if its gain is still what it was queued with.
        var queue = new PriorityQueue<Spot, (double Loss, string Country, string Name)>();
        foreach (Spot spot in _spots.Values.SelectMany(list => list)) Enqueue(spot);
        int count = _anchors.Values.Sum(list => list.Count);
        while (count < _options.TargetCells && queue.TryDequeue(out Spot? spot, out var priority))
        {
            if (spot.NearestKm < _options.SpacingKm) continue;
            if (-spot.NearestKm * spot.Weight != priority.Loss)
            {
                Enqueue(spot);
                continue;
            }
            Settle(new Anchor(spot.Country, spot.Name, spot.Location, null));
            count++;
        }

        void Enqueue(Spot spot) => queue.Enqueue(spot, (-spot.NearestKm * spot.Weight, spot.Country, spot.Name));
    }

    private CellPlan Assign()
    {
        Anchor[] all = [.. _anchors.Values.SelectMany(list => list).OrderBy(a => a, Comparer<Anchor>.Create(Compare))];
        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        _anchors.Clear();
        for (int i = 0; i < all.Length; i++)
        {
            offsets.TryAdd(all[i].Country, i);
            ListOf(_anchors, all[i].Country).Add(all[i]);
        }
        long[] weights = new long[all.Length];
        int[] anchorOfPlace = new int[_places.Places.Length];
        for (int i = 1; i < anchorOfPlace.Length; i++)
        {
            CityPlace place = _places.Places[i];
            if (place.Location is not { } location) continue;
            anchorOfPlace[i] = offsets[place.Country] + Nearest(_anchors[place.Country], location);
            weights[anchorOfPlace[i]] += _places.Weights[i];
        }
        var heaviest = _anchors.Keys.ToDictionary(
            country => country,
            country => Enumerable.Range(offsets[country], _anchors[country].Count).MaxBy(i => weights[i]),
            StringComparer.Ordinal);
        for (int i = 1; i < anchorOfPlace.Length; i++)
        {
            CityPlace place = _places.Places[i];
            if (place.Location is not null || !heaviest.TryGetValue(place.Country, out int main)) continue;
            anchorOfPlace[i] = main;
            weights[main] += _places.Weights[i];
        }
        return Number(all, weights, PeopleOf(offsets, all), anchorOfPlace);
    }

    private CellPeople[] PeopleOf(Dictionary<string, int> offsets, Anchor[] all)
    {
        var people = new CellPeople[all.Length];
        foreach (City city in _cities)
        {
            if (!_anchors.TryGetValue(city.Country, out List<Anchor>? near)) continue;
            int cell = offsets[city.Country] + Nearest(near, city.Location);
            ref CellPeople known = ref people[cell];
            bool names = city.Population > (known.Largest?.Population ?? 0) && city.Location.DistanceKm(all[cell].Location) <= NamingKm;
            known = new CellPeople(known.Count + city.Population, names ? city : known.Largest);
        }
        return people;
    }

    private CellPlan Number(Anchor[] all, long[] weights, CellPeople[] people, int[] anchorOfPlace)
    {
        // Known ids first: a new cell must not take the id of an old one, nor that of a carrier's cell, which may be kept after this.
        IEnumerable<string> ofCarriers = _previous.Where(c => c.Carrier is not null).Select(c => c.Id);
        HashSet<string> taken = new(all.Select(a => a.KnownId).OfType<string>().Concat(ofCarriers), StringComparer.Ordinal);
        var cells = new Cell[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            // Databases name a quarter where people say the city: the city is what operators look for.
            string place = people[i].Largest?.Name ?? all[i].Place;
            string id = all[i].KnownId ?? CellIds.Give(all[i], taken);
            cells[i] = new Cell(id, all[i].Country, place, all[i].Location, people[i].Count, weights[i]);
        }
        int[] order = [.. Enumerable.Range(0, all.Length).OrderBy(i => cells[i].Id, StringComparer.Ordinal)];
        int[] rank = new int[all.Length];
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;

        ushort[] codes = new ushort[anchorOfPlace.Length];
        for (int i = 1; i < codes.Length; i++)
            codes[i] = _anchors.ContainsKey(_places.Places[i].Country) ? CellCode.Of(rank[anchorOfPlace[i]]) : CellCode.Unknown;
        return new CellPlan([.. order.Select(i => cells[i])], codes, FrozenDictionary<(ushort, int), ushort>.Empty);
    }

    private static int Nearest(List<Anchor> list, GeoPoint location)
    {
        int nearest = 0;
        double nearestKm = double.MaxValue;
        for (int i = 0; i < list.Count; i++)
        {
            double km = list[i].Location.DistanceKm(location);
            if (km < nearestKm) (nearest, nearestKm) = (i, km);
        }
        return nearest;
    }

    private static int Compare(Anchor? a, Anchor? b) =>
        a!.Country != b!.Country ? string.CompareOrdinal(a.Country, b.Country) : Order(a.Place, a.Location, b.Place, b.Location);

    private static int Order(string name, GeoPoint location, string otherName, GeoPoint other)
    {
        int byName = string.CompareOrdinal(name, otherName);
        if (byName != 0) return byName;
        return (location.Latitude, location.Longitude).CompareTo((other.Latitude, other.Longitude));
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string country)
    {
        if (!lists.TryGetValue(country, out List<T>? list)) lists.Add(country, list = []);
        return list;
    }

    /// <summary>People of a cell's cities, and the largest city that lies at its place; null when none does.</summary>
    private readonly record struct CellPeople(long Count, City? Largest);
}
