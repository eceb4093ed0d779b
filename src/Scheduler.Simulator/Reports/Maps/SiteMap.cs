using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Scheduler.Core.Topology;
using Scheduler.Simulator.Measures;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports.Maps;

/// <summary>The sites where they stand: as large as their capacity, coloured by the most that they carried.</summary>
internal static class SiteMap
{
    private const string LandId = "land";

    /// <summary>Radius of the largest site and of the smallest that is drawn, as a share of the width of the view.</summary>
    private const double LargestDot = 0.0125, SmallestDot = 0.0022;

    /// <summary>The coastline, drawn once and used by every map of the page.</summary>
    public static XElement Land() =>
        Tag("svg", Class("hidden"), With("width", "0"), With("height", "0"), With("aria-hidden", "true"),
            Tag("defs", Tag("path", With("id", LandId), With("d", Coastline.Path()))));

    /// <summary>Draws one map.</summary>
    /// <param name="text">What it shows, for those who do not see it.</param>
    /// <param name="view">The part of the world.</param>
    /// <param name="sites">The sites.</param>
    public static XElement Draw(string text, MapView view, ImmutableArray<SiteResult> sites)
    {
        double largest = Math.Max(1, sites.Select(site => site.Capacity.Mbps).DefaultIfEmpty(0).Max());
        return Tag("svg", Class("map"), With("role", "img"), With("aria-label", text),
            With("viewBox", $"{Number(view.Left)} {Number(view.Top)} {Number(view.Width)} {Number(view.Height)}"),
            Tag("use", Class("land"), With("href", "#" + LandId)),
            // The small ones are drawn over the large ones, and what is beyond capacity over everything.
            sites.OrderBy(site => LoadClass.Of(site.PeakUtilisation).IsOverload).ThenByDescending(site => site.Capacity)
                .ThenBy(site => site.Site.Id, StringComparer.Ordinal)
                .Select(site => Dot(site, view.Width * Math.Max(SmallestDot, LargestDot * Math.Sqrt(site.Capacity.Mbps / largest)))));
    }

    private static XElement Dot(SiteResult result, double radius)
    {
        Site site = result.Site;
        (double x, double y) = EqualEarth.Project(site.Location.Latitude, site.Location.Longitude);
        LoadClass load = LoadClass.Of(result.PeakUtilisation);
        XElement title = Tag("title", string.Create(CultureInfo.InvariantCulture,
            $"{site.Id}, {site.Place}: peak {Quantity.Percent(result.PeakUtilisation)} of {result.Capacity}"));
        return load.IsOverload
            ? Tag("path", Class(load.Css), With("d", Diamond(x, y, radius * 1.25)), title)
            : Tag("circle", Class(load.Css), With("cx", x), With("cy", y), With("r", radius), title);
    }

    /// <summary>Beyond capacity is another shape, not another colour alone.</summary>
    private static string Diamond(double x, double y, double r) =>
        $"M{Number(x)} {Number(y - r)}L{Number(x + r)} {Number(y)}L{Number(x)} {Number(y + r)}L{Number(x - r)} {Number(y)}z";
}
