namespace Scheduler.Core.Units;

/// <summary>A place on the globe.</summary>
/// <param name="Latitude">Degrees north, in [-90, 90].</param>
/// <param name="Longitude">Degrees east, in [-180, 180].</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Mean radius of the earth in km (IUGG).</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <summary>True when both coordinates are finite and in range.</summary>
    public bool IsValid => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;

    /// <summary>Great-circle distance in km, in [0, 20016] (haversine formula).</summary>
    /// <param name="other">The other place.</param>
    public double DistanceKm(GeoPoint other)
    {
        double lat1 = double.DegreesToRadians(Latitude), lat2 = double.DegreesToRadians(other.Latitude);
        double sinLat = Math.Sin((lat2 - lat1) / 2);
        double sinLon = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        double h = (sinLat * sinLat) + (Math.Cos(lat1) * Math.Cos(lat2) * sinLon * sinLon);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}
