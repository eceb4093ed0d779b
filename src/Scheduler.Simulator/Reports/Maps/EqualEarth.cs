namespace Scheduler.Simulator.Reports.Maps;

/// <summary>
/// The Equal Earth projection: areas are true, and the continents look as people know them. Source: Šavrič, Patterson and Jenny, "The Equal Earth map
/// projection", International Journal of Geographical Information Science, 2018.
/// </summary>
internal static class EqualEarth
{
    /// <summary>Units of the drawing in one radian at the equator: the world is 4,000 units wide.</summary>
    private const double Scale = 2_000 / HalfWidth;

    private const double HalfWidth = 2.70663;
    private const double A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796;

    /// <summary>Where a place lies on the map: to the right and downwards from where the equator meets Greenwich's meridian.</summary>
    public static (double X, double Y) Project(double latitude, double longitude)
    {
        double root = Math.Sqrt(3) / 2;
        double t = Math.Asin(root * Math.Sin(double.DegreesToRadians(latitude))), t2 = t * t, t6 = t2 * t2 * t2;
        double x = double.DegreesToRadians(longitude) * Math.Cos(t) / (root * (A1 + (3 * A2 * t2) + (t6 * ((7 * A3) + (9 * A4 * t2)))));
        double y = t * (A1 + (A2 * t2) + (t6 * (A3 + (A4 * t2))));
        return (x * Scale, -y * Scale);
    }
}
