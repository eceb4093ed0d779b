using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Server.OperatorConsole.Live;
using Scheduler.Simulator.Reports.Maps;

namespace Scheduler.Server.OperatorConsole.Maps;

/// <summary>The sites on the map: where they stand, how large they are drawn, and which part of the world each region takes.</summary>
internal sealed class WorldMap
{
    /// <summary>Radius of the largest site and of the smallest that is drawn, as a share of the width of the view.</summary>
    private const double LargestDot = 0.0095, SmallestDot = 0.0024;

    /// <summary>The land, drawn once for the life of the process.</summary>
    private static readonly string LandPath = Coastline.Path();

    private readonly ImmutableArray<SiteRow> _rows;
    private readonly double _largest;

    /// <summary>The map of some sites.</summary>
    /// <param name="rows">The sites, by id.</param>
    public WorldMap(ImmutableArray<SiteRow> rows)
    {
        _rows = rows;
        _largest = Math.Max(1, rows.Select(row => row.Site.CapacityBps).DefaultIfEmpty(0).Max());
        View = Around(rows);
    }

    /// <summary>The path of the land.</summary>
    public static string Land => LandPath;

    /// <summary>The part of the map that shows every site.</summary>
    public MapView View { get; }

    /// <summary>The sites as they are drawn, the large ones first so that the small ones lie over them.</summary>
    public IEnumerable<SiteDot> Dots() => _rows
        .Select((row, index) => (row, index)).OrderByDescending(entry => entry.row.Site.CapacityBps)
        .Select(entry =>
        {
            (double x, double y) = EqualEarth.Project(entry.row.Site.Latitude, entry.row.Site.Longitude);
            return new SiteDot(entry.index, entry.row, x, y, View.Width * Math.Max(SmallestDot, LargestDot * Math.Sqrt(entry.row.Site.CapacityBps / _largest)));
        });

    /// <summary>Id, place, region and capacity in Mbit/s of each site, for the script: what does not change from second to second.</summary>
    public string Names()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (SiteRow row in _rows)
            {
                json.WriteStartArray();
                json.WriteStringValue(row.Site.Id);
                json.WriteStringValue($"{row.Site.Place}, {row.Site.Country}");
                json.WriteStringValue(row.Site.Region);
                json.WriteNumberValue(row.Site.CapacityBps / 1_000_000);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Each region with its sites, by name.</summary>
    public IEnumerable<(string Region, ImmutableArray<SiteRow> Rows, MapView View)> Regions() => _rows
        .GroupBy(row => row.Site.Region).OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => (region.Key, region.ToImmutableArray(), Around([.. region])));

    /// <summary>A view as the attribute of a drawing.</summary>
    public static string Box(MapView view) => $"{Display.Units(view.Left)} {Display.Units(view.Top)} {Display.Units(view.Width)} {Display.Units(view.Height)}";

    private static MapView Around(ImmutableArray<SiteRow> rows) => MapView.Around(rows.Select(row => (row.Site.Latitude, row.Site.Longitude)));
}
