using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Sites;

/// <summary>Draws sites as a table.</summary>
/// <param name="region">Sites of this region only; null for all.</param>
/// <param name="order">Order of the rows.</param>
internal sealed class SitesTable(string? region, SiteOrder order)
{
    /// <summary>The table.</summary>
    /// <param name="list">What the scheduler told.</param>
    /// <param name="rows">Most rows to draw; null for all.</param>
    public Table Draw(SiteList list, int? rows)
    {
        IEnumerable<SiteRow> chosen = (list.Sites ?? []).Where(s => region is null || s.Region == region);
        SiteRow[] sites = [.. Sorted(chosen)];
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("site", "place", "region", "state", "utilisation");
        foreach (string numeric in (string[])["load", "capacity", "sessions", "price", "nodes", "report"])
            table.AddColumn(new TableColumn(numeric).RightAligned());
        foreach (SiteRow s in sites.Take(rows ?? int.MaxValue))
            table.AddRow(
                new Text(Format.Plain(s.Id), s.Kind == "idc" ? new Style(decoration: Decoration.Bold) : null),
                new Text($"{Format.Plain(s.Place)} {Format.Plain(s.Country)}"),
                new Text(Format.Plain(s.Region)),
                new Text(Format.Plain(s.State), StateStyle.Of(s.State)),
                UtilisationBar.Draw(s.Used, width: 12),
                new Text(Format.BitRate(s.LoadBps)),
                new Text(Format.BitRate(s.CapacityBps)),
                new Text(Format.Count(s.Sessions)),
                new Text(Format.Millis(s.PriceMs)),
                new Text($"{Format.Count(s.NodesServing)}/{Format.Count(s.Nodes)}"),
                new Text(s.LastReportMsAgo is { } ms ? Format.Millis(ms) : Format.Absent));
        double load = sites.Sum(s => s.LoadBps ?? 0), capacity = sites.Sum(s => s.CapacityBps ?? 0);
        string hidden = rows < sites.Length ? $", {sites.Length - rows} more with --once" : "";
        table.Caption = new TableTitle(
            $"{sites.Length} sites{hidden}; {Format.BitRate(load)} of {Format.BitRate(capacity)}; {Format.Count(sites.Sum(s => s.Sessions ?? 0))} sessions");
        return table;
    }

    private IEnumerable<SiteRow> Sorted(IEnumerable<SiteRow> sites) => order switch
    {
        SiteOrder.Load => sites.OrderByDescending(s => s.LoadBps ?? 0),
        SiteOrder.Sessions => sites.OrderByDescending(s => s.Sessions ?? 0),
        SiteOrder.Id => sites.OrderBy(s => s.Region, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal),
        _ => sites.OrderByDescending(s => s.Used ?? 0).ThenBy(s => s.Id, StringComparer.Ordinal),
    };
}
