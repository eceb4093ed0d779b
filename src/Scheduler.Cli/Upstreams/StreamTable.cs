using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Cli.Upstreams;

/// <summary>Draws streams.</summary>
internal static class StreamTable
{
    /// <summary>Streams, a row each.</summary>
    public static Table Draw(IReadOnlyList<StreamRow> streams, double? count, DateTimeOffset now)
    {
        Table table = Start("stream", "viewers", "egress", "sites", "home", "arrives", "since", "backup");
        foreach (StreamRow s in streams)
            table.AddRow(
                new Text(Format.Plain(s.Id ?? "#" + s.Hash)), Number(Format.Count(s.Viewers)), Number(Format.BitRate(s.EgressBps)), Number(Format.Count(s.Sites)),
                s.Home is null ? new Text("none", new Style(Color.Yellow)) : new Text(Format.Plain(s.Home.Node)), Number(Format.BitRate(s.Home?.Bps)),
                new Text(Format.Relative(s.Home?.Since, now)), new Text(s.Backups is [{ } first, ..] ? Format.Plain(first.Node) : Format.Absent));
        table.Caption = new TableTitle($"{streams.Count} of {Format.Count(count)} streams");
        return table;
    }

    /// <summary>One stream: where it comes in, then every site with the way there.</summary>
    public static IRenderable Draw(StreamRow s, DateTimeOffset now)
    {
        var parts = new List<IRenderable>
        {
            new Text($"{Format.Plain(s.Id)}: {Format.Count(s.Viewers)} viewers at {Format.Count(s.Sites)} sites, {Format.BitRate(s.EgressBps)}"),
            s.Home is null
                ? new Text("home: none, nothing arrives", new Style(Color.Yellow))
                : new Text($"home: {Arrival(s.Home, now)}"),
        };
        foreach (StreamRow.ArrivalRow backup in s.Backups ?? []) parts.Add(new Text($"backup: {Arrival(backup, now)}"));
        if (s.Relays is { Count: > 0 } relays)
            parts.Add(new Text("relays: " + string.Join(", ", relays.Select(relay => $"{Format.Plain(relay.Idc)} for {Format.Count(relay.Sites)} sites"))));
        if (s.Pops is not { Count: > 0 } pops) return new Rows(parts);
        Table table = Start("site", "viewers", "egress", "pulls from", "idc", "by", "rtt", "cost");
        foreach (StreamRow.PopRow site in pops)
            table.AddRow(
                new Text(Format.Plain(site.Site)), Number(Format.Count(site.Viewers)), Number(Format.BitRate(site.EgressBps)),
                site.Parent is null ? new Text(Format.Plain(site.Outcome), new Style(Color.Yellow)) : new Text(Format.Plain(site.Parent)), new Text(Format.Plain(site.Idc)),
                new Text(site.Relay switch { true => "relay", false => "home", null => Format.Absent }), Number(Format.Millis(site.RttMs)), Number(Format.Millis(site.CostMs)));
        parts.Add(table);
        return new Rows(parts);
    }

    private static string Arrival(StreamRow.ArrivalRow arrival, DateTimeOffset now) =>
        $"{Format.Plain(arrival.Node)} in {Format.Plain(arrival.Idc)}, {Format.BitRate(arrival.Bps)}, since {Format.Relative(arrival.Since, now)}";

    private static Text Number(string text) => new Text(text).RightJustified();

    private static Table Start(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns(columns);
        return table;
    }
}
