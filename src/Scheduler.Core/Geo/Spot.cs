using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>Places of one country that are too near to each other to tell apart, and the anchor that is nearest to them.</summary>
internal sealed class Spot
{
    private long _heaviest = -1;

    /// <summary>Country of all its places.</summary>
    public required string Country { get; init; }

    /// <summary>Name of its heaviest place.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where its heaviest place lies.</summary>
    public GeoPoint Location { get; private set; }

    /// <summary>Addresses of all its places.</summary>
    public long Weight { get; private set; }

    /// <summary>Distance to the nearest anchor so far, km; half the globe while there is none.</summary>
    public double NearestKm { get; set; } = Math.PI * GeoPoint.EarthRadiusKm;

    /// <summary>Counts a place in.</summary>
    public void Add(CityPlace place, GeoPoint location, long weight)
    {
        Weight += weight;
        // Ties by name: the order of a database's networks must not decide which place a cell is named after.
        if (weight < _heaviest || (weight == _heaviest && string.CompareOrdinal(place.City, Name) >= 0)) return;
        (_heaviest, Name, Location) = (weight, place.City, location);
    }
}
