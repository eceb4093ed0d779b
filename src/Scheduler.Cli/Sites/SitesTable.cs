using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Cli.Sites;

/// <summary>Draws sites as a table.</summary>
/// <param name="region">Sites of this region only; null for all.</param>
/// <param name="order">Order of the rows.</param>
internal sealed class SitesTable(string? region, SiteOrder order)
{
    private static readonly Column[] Columns =
    [
        new("site", 0, false, s => new Text(Format.Plain(s.Id), s.Kind == "idc" ? new Style(decoration: Decoration.Bold) : null)),
        new("place", 150, false, s => new Text($"{Format.Plain(s.Place)} {Format.Plain(s.Country)}")),
        new("region", 95, false, s => new Text(Format.Plain(s.Region))),
        new("state", 0, false, s => new Text(Format.Plain(s.State), StateStyle.Of(s.State))),
        new("utilisation", 0, false, s => UtilisationBar.Draw(s.Used, width: 12)),
        new("load", 0, true, s => new Text(Format.BitRate(s.LoadBps))),
        new("capacity", 110, true, s => new Text(Format.BitRate(s.CapacityBps))),
        new("sessions", 0, true, s => new Text(Format.Count(s.Sessions))),
        new("drainable", 170, false, s => Drainable(s.Drainable)),
        new("price", 130, true, s => new Text(Format.Millis(s.PriceMs))),
        new("nodes", 130, true, s => new Text($"{Format.Count(s.NodesServing)}/{Format.Count(s.Nodes)}")),
        new("report", 150, true, s => new Text(Format.Millis(s.LastReportMsAgo))),
    ];

    /// <summary>The table.</summary>
    /// <param name="list">What the scheduler told.</param>
    /// <param name="rows">Most rows to draw; null for all.</param>
    /// <param name="width">Characters that a row may take: a narrow terminal gets the columns that matter most.</param>
    public Table Draw(SiteList list, int? rows, int width)
    {
        IEnumerable<SiteRow> chosen = (list.Sites ?? []).Where(s => region is null || s.Region == region);
        SiteRow[] sites = [.. Sorted(chosen)];
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        Column[] columns = [.. Columns.Where(c => width >= c.FromWidth)];
        foreach (Column c in columns)
        {
            var column = new TableColumn(c.Name) { NoWrap = true };
            table.AddColumn(c.IsNumber ? column.RightAligned() : column);
        }
        foreach (SiteRow s in sites.Take(rows ?? int.MaxValue)) table.AddRow(columns.Select(c => c.Cell(s)));
        double load = sites.Sum(s => s.LoadBps ?? 0), capacity = sites.Sum(s => s.CapacityBps ?? 0);
        string hidden = rows < sites.Length ? $", {sites.Length - rows} more with --once" : "";
        table.Caption = new TableTitle(
            $"{sites.Length} sites{hidden}; {Format.BitRate(load)} of {Format.BitRate(capacity)}; {Format.Count(sites.Sum(s => s.Sessions ?? 0))} sessions");
        return table;
    }

    private static Text Drainable(DrainableRow? row) => row switch
    {
        null => new Text(Format.Absent),
        { Verdict: "yes" } => new Text("yes", new Style(Color.Green)),
        { Verdict: "until", Until: { } until } => new Text("until " + until.ToString("HH:mm'Z'", CultureInfo.InvariantCulture), new Style(Color.Yellow)),
        _ => new Text("no: " + Format.Plain(row.Why), new Style(Color.Red)),
    };

    private IEnumerable<SiteRow> Sorted(IEnumerable<SiteRow> sites) => order switch
    {
        SiteOrder.Load => sites.OrderByDescending(s => s.LoadBps ?? 0),
        SiteOrder.Sessions => sites.OrderByDescending(s => s.Sessions ?? 0),
        SiteOrder.Id => sites.OrderBy(s => s.Region, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal),
        _ => sites.OrderByDescending(s => s.Used ?? 0).ThenBy(s => s.Id, StringComparer.Ordinal),
    };

    private sealed record Column(string Name, int FromWidth, bool IsNumber, Func<SiteRow, IRenderable> Cell);
}
