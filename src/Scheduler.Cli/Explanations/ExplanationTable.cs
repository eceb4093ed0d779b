using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Explanations;

/// <summary>An explanation for people.</summary>
internal static class ExplanationTable
{
    /// <summary>Draws it.</summary>
    public static void Draw(IAnsiConsole console, ExplanationRow row)
    {
        string prefix = row.Viewer?.Prefix is { } block ? $"{Format.Plain(block)}, " : "";
        string viewer = $"{Format.Plain(row.Viewer?.Cell)} ({prefix}by {Format.Plain(row.Viewer?.By)})";
        console.MarkupInterpolated($"[bold]{Format.Plain(row.Stream)}[/] from cell [bold]{viewer}[/]: ");
        console.WriteLine($"{Format.Plain(row.Decision)} by {Format.Plain(row.Rule).Replace('_', ' ')}, {Format.BitRate(row.SessionBps)}");
        string plan = row.Plan is { } held ? $"plan {Format.Count(held.Version)} ({Format.Plain(held.State)})" : "no plan";
        console.WriteLine($"revision {Format.Count(row.Revision)}, {plan}");
        if (row.Viewer?.OverrideSites is { Count: > 0 } sites) console.WriteLine($"an override sends the prefix to {Format.Plain(string.Join(", ", sites))}");
        console.Write(Sites(row.Sites ?? []));
        if (row.Nodes is not { Count: > 0 } nodes) return;
        string shared = row.NodesSharingStream > 1 ? $"; the stream is hot and shared by {row.NodesSharingStream}" : "";
        console.WriteLine($"Nodes of the first site, as the stream's hash asks them, up to {Format.Percent(row.NodeBound)} utilised{shared}:");
        console.Write(Nodes(nodes));
    }

    private static Table Sites(IReadOnlyList<ExplainedSiteRow> sites)
    {
        Table table = New("#", "site", "score", "rtt", "comfort", "tariff", "load", "extra", "cold", "room", "used", "why");
        foreach (ExplainedSiteRow s in sites)
        {
            ExplainedTermsRow? terms = s.Terms;
            string source = terms?.RttSource == "learnt" ? "" : "~"; // what nobody has measured is marked as an estimate
            table.AddRow(
                new Text(Format.Count(s.Rank)), new Text(Format.Plain(s.Site)), new Text(Ms(s.ScoreMs)), new Text(source + Ms(terms?.RttMs)),
                new Text(Ms(terms?.ComfortMs)), new Text(Ms(terms?.OrderMs ?? terms?.TariffMs)), new Text(Ms(terms?.PriceMs)), new Text(Ms(terms?.ExtraMs)),
                new Text(Ms(terms?.ColdMs)), new Text(Format.BitRate(s.RoomBps)), new Text(Format.Percent(s.Utilisation)), new Text(Format.Plain(s.Why)));
        }
        return table;
    }

    private static Table Nodes(IReadOnlyList<ExplainedNodeRow> nodes)
    {
        Table table = New("#", "node", "verdict", "state", "heard", "used", "room");
        foreach (ExplainedNodeRow n in nodes)
            table.AddRow(
                new Text(Format.Count(n.Rank)), new Text(Format.Plain(n.Node)), new Text(Format.Plain(n.Verdict).Replace('_', ' ')),
                new Text(Format.Plain(n.State), StateStyle.Of(n.State)), new Text(Format.Plain(n.Freshness)), new Text(Format.Percent(n.Utilisation)),
                new Text(Format.BitRate(n.RoomBps)));
        return table;
    }

    private static Table New(params string[] columns) => new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns(columns);

    private static string Ms(double? ms) => ms is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) : Format.Absent;
}
