using System.Globalization;
using System.Xml.Linq;
using Scheduler.Core.Topology;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports.Maps;
using Scheduler.Simulator.Reports.Pages;
using static Scheduler.Simulator.Reports.Pages.Markup;

namespace Scheduler.Simulator.Reports;

/// <summary>The map of the sites: one a policy, and a switch between them.</summary>
internal static class MapSection
{
    /// <summary>Builds it.</summary>
    public static XElement Build(Comparison comparison)
    {
        MapView view = MapView.Around(comparison.Runs[0].Sites.Select(site => site.Site));
        return Tag("section",
            Tag("h2", "Where the load lies"),
            Tag("p", "Each dot is a site; its area is its capacity, its colour the highest utilisation that it reached while measured."),
            SiteMap.Land(),
            comparison.Runs.Select((run, i) => Tag("input", Class("spoken"), With("type", "radio"), With("name", "map"), With("id", $"map-{i}"),
                i == 0 ? With("checked", "checked") : null)),
            Tag("div", Class("tabs"), comparison.Runs.Select((run, i) => Tag("label", With("for", $"map-{i}"), run.Policy))),
            Tag("div", Class("maps"), comparison.Runs.Select((run, i) => Tag("figure", Class($"map-{i}"),
                Tag("h3", run.Policy),
                SiteMap.Draw(Text(run), view, run.Sites),
                Tag("figcaption", Text(run))))),
            Legend(),
            Numbers(comparison));
    }

    private static string Text(RunResult run)
    {
        int over = run.Sites.Count(site => LoadClass.Of(site.PeakUtilisation).IsOverload);
        SiteResult? fullest = run.Sites.OrderByDescending(site => site.PeakUtilisation).FirstOrDefault();
        string most = fullest is null ? "" : $" Fullest: {fullest.Site.Id}, {Quantity.Percent(fullest.PeakUtilisation)}.";
        return string.Create(CultureInfo.InvariantCulture, $"{over} of {run.Sites.Length} sites went beyond their capacity under {run.Policy}.{most}");
    }

    private static XElement Legend() =>
        Tag("p", Class("classes"), LoadClass.All.Select(range => Tag("span", Class("key"),
            Tag("svg", Class("swatch"), With("viewBox", "0 0 14 14"), With("aria-hidden", "true"),
                range.IsOverload
                    ? Tag("path", Class(range.Css), With("d", "M7 0.5L13.5 7L7 13.5L0.5 7z"))
                    : Tag("circle", Class(range.Css), With("cx", 7), With("cy", 7), With("r", 6))),
            range.Name)));

    private static XElement Numbers(Comparison comparison) => NumberTable.Folded(
        "Numbers: peak utilisation of every site",
        ["site", "place", "kind", "capacity", .. comparison.Runs.Select(run => run.Policy)],
        comparison.Runs[0].Sites.Select((site, s) => (IReadOnlyList<string>)
        [
            site.Site.Id, $"{site.Site.Place}, {site.Site.Country}", site.Site.Kind == SiteKind.Idc ? "IDC" : "PoP", site.Capacity.ToString(),
            .. comparison.Runs.Select(run => Quantity.Percent(run.Sites[s].PeakUtilisation)),
        ]));
}
