using Scheduler.Core.Topology;

namespace Scheduler.Simulator.Reports.Maps;

/// <summary>The part of the map that shows every site, in the units of <see cref="EqualEarth"/>.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct MapView(double Left, double Top, double Width, double Height)
{
    /// <summary>The coastline is too coarse to be looked at from nearer than this.</summary>
    private const double LeastWidth = 500;

    private const double WidthOverHeight = 2.1;

    /// <summary>Free space around the outermost sites, as a share of the width.</summary>
    private const double Margin = 0.06;

    /// <summary>A fleet that spans most of the world is shown on the whole of it.</summary>
    private const double WholeWorld = 2_600;

    /// <summary>The whole world but the Antarctic.</summary>
    private static readonly MapView World = new(-2_000, -985, 4_000, 1_800);

    /// <summary>Chooses the part.</summary>
    public static MapView Around(IEnumerable<Site> sites) => Around(sites.Select(site => (site.Location.Latitude, site.Location.Longitude)));

    /// <summary>Chooses the part.</summary>
    /// <param name="points">Degrees north and east of each.</param>
    public static MapView Around(IEnumerable<(double Latitude, double Longitude)> points)
    {
        (double X, double Y)[] places = [.. points.Select(point => EqualEarth.Project(point.Latitude, point.Longitude))];
        if (places.Length == 0) return World;
        double left = places.Min(p => p.X), right = places.Max(p => p.X), top = places.Min(p => p.Y), bottom = places.Max(p => p.Y);
        if (right - left > WholeWorld) return World;
        double width = Math.Max(LeastWidth, Math.Max(right - left, (bottom - top) * WidthOverHeight) / (1 - (2 * Margin)));
        double height = width / WidthOverHeight;
        return new MapView(((left + right) / 2) - (width / 2), ((top + bottom) / 2) - (height / 2), width, height);
    }
}
