using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Plans;

/// <summary>A plan in force for people.</summary>
internal static class PlanShowTable
{
    private const int Rows = 20;

    /// <summary>Draws it.</summary>
    public static void Draw(PlanRow plan, IAnsiConsole console)
    {
        PlanSiteRow[] sites = [.. plan.Sites ?? []];
        console.Write(Sites(sites));
        foreach (PlanCellRow cell in plan.Cells ?? []) console.Write(Cell(cell));
        console.WriteLine(
            $"plan {Format.Count(plan.Version)} of revision {Format.Count(plan.Revision)}, {Format.Plain(plan.State)}: confirmed {Format.Millis(plan.AgeMs)} ago, "
            + $"solved {Format.Millis(plan.SolvedMsAgo)} ago ({Format.Plain(plan.Reason)}) in {Format.Millis(plan.SolveMs)}, {Format.Count(plan.Sweeps)} sweeps");
        console.WriteLine(
            $"{Format.BitRate(plan.DemandBps)} of demand; proven within {Format.Percent(plan.Gap)} of the best"
            + (plan.Feasible == false ? "; demand does not fit" : ""));
    }

    private static Table Sites(PlanSiteRow[] sites)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns(new TableColumn("site"), new TableColumn("utilisation"), new TableColumn("load").RightAligned());
        table.AddColumns(new TableColumn("capacity").RightAligned(), new TableColumn("price").RightAligned());
        foreach (PlanSiteRow site in sites.Take(Rows))
        {
            table.AddRow(
                new Text(Format.Plain(site.Site)), UtilisationBar.Draw(site.Utilisation, width: 24), new Text(Format.BitRate(site.LoadBps)),
                new Text(Format.BitRate(site.CapacityBps)), new Text(Format.Millis(site.PriceMs)));
        }
        if (sites.Length > Rows) table.Caption = new TableTitle($"the {Rows} dearest of {sites.Length} sites; all with --json");
        return table;
    }

    private static Table Cell(PlanCellRow cell)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        string of = cell.Class is null ? "" : $", streams of {cell.Class}";
        table.Title = new TableTitle(Markup.Escape($"{Format.Plain(cell.Cell)}{of}: {Format.BitRate(cell.DemandBps)}"));
        table.AddColumns(new TableColumn("site"), new TableColumn("cost").RightAligned(), new TableColumn("share").RightAligned());
        foreach (PlanShareRow share in cell.Shares ?? [])
            table.AddRow(new Text(Format.Plain(share.Site)), new Text(Format.Millis(share.CostMs)), new Text(Format.Percent(share.Share)));
        return table;
    }
}
