using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Upstreams;

/// <summary><c>scheduler links</c>: what the links from IDCs carry, the fullest first.</summary>
internal static class LinksCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> limit = NumberOption.WithDefault("--limit", "At most so many, the fullest first", 20, 1, 10_000);
        var site = new Option<string?>("--site") { Description = "Only links to or from this site", HelpName = "ID" };
        var command = new Command("links", "Shows the links from IDCs to PoPs and to each other, the fullest first: capacity, load, price") { limit, site };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            double? count = null;
            Result<List<LinkRow>> rows = await Pages.ReadAsync(
                context, new QueryText(context).Add(site).On("v1/admin/links"), AdminJson.Default.LinkList,
                list =>
                {
                    count = list.Count;
                    return (list.Links, list.Next);
                },
                context.Parse.GetValue(limit), cancellation);
            if (!rows.IsOk) return context.Fail(rows.Problem);
            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(new LinkList(count, rows.Value, null), AdminJson.Default.LinkList)));
            else context.Console.Write(Draw(rows.Value, count));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Draw(List<LinkRow> links, double? count)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("site", "from", "kind", "utilisation", "load", "capacity", "tariff", "price", "rtt");
        foreach (LinkRow l in links)
            table.AddRow(
                new Text(Format.Plain(l.Site)), new Text(Format.Plain(l.Idc)), new Text(Format.Plain(l.Kind)), UtilisationBar.Draw(l.Utilisation, width: 12),
                new Text(Format.BitRate(l.LoadBps)).RightJustified(), new Text(Format.BitRate(l.CapacityBps)).RightJustified(),
                new Text(Format.Millis(l.TariffMs)).RightJustified(), new Text(Format.Millis(l.PriceMs)).RightJustified(), new Text(Format.Millis(l.RttMs)).RightJustified());
        table.Caption = new TableTitle($"{links.Count} of {Format.Count(count)} links");
        return table;
    }
}
