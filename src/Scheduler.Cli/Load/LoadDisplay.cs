using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Cli.Load;

/// <summary>Draws a play while it goes on: figures on top, then regions and the sites on which something happens.</summary>
internal sealed class LoadDisplay(LoadRun run, int terminalWidth, int terminalHeight)
{
    private const int WideFrom = 140; // four panels of figures side by side, and below them regions beside sites
    private readonly Dictionary<string, double> _usedBefore = new(StringComparer.Ordinal);

    /// <summary>The whole picture.</summary>
    public IRenderable Draw()
    {
        LoadSample sample = run.Sample;
        bool isWide = terminalWidth >= WideFrom;
        var parts = new List<IRenderable> { Head(sample), isWide ? Figures(sample) : Lines(sample) };
        if (run.Sites is { Sites.Count: > 0 } list)
        {
            int free = Math.Max(8, terminalHeight - (isWide ? 14 : 11)); // without figures, frames, heads and the lines of trouble
            int regions = list.Sites.Select(s => s.Region).Distinct().Count();
            Panel left = Frame("regions", Regions(list.Sites, sample, free));
            Panel right = Frame("sites on which most happens", Sites(list.Sites, isWide ? free : Math.Max(2, free - regions - 3)));
            parts.Add(isWide ? new Columns(left, right) { Expand = false } : new Rows(left, right));
        }
        else if (run.SitesProblem is { } problem)
        {
            parts.Add(new Text(
                $"No picture of the sites: {Format.Plain(problem.Title)} {(problem.Status is 401 or 403 ? "Give a key with --key." : "")}",
                new Style(Color.Yellow)));
        }
        if (sample.FirstRefusal is { } refusal)
            parts.Add(new Text("First refusal: " + Format.Plain(refusal), new Style(Color.Yellow)) { Overflow = Overflow.Ellipsis });
        if (run.ReportProblem is { } failed) parts.Add(new Text("Reports: " + Format.Plain(failed.Title), new Style(Color.Yellow)));
        return new Rows(parts);
    }

    private Markup Head(LoadSample s)
    {
        string place = Markup.Escape(Format.Plain(string.Join(", ", run.Options.Targets.Select(target => target.GetLeftPart(UriPartial.Authority)))));
        string phase = s.IsOver ? "[yellow]saying goodbye[/]" : $"{Format.Duration(s.Elapsed)} of {Format.Duration(run.Options.Duration)}";
        string nodes = run.Nodes > 0 ? $", [bold]{Format.Count(run.Nodes)}[/] nodes report ({Format.Count(run.ReportsAccepted)} taken)" : "";
        return new Markup($"[bold]load[/] on {place}: {phase}, [bold]{Format.Count(s.Playing)}[/] of {Format.Count(run.Options.Viewers)} viewers play{nodes}");
    }

    private static Columns Figures(LoadSample s)
    {
        Table requests = Pairs(
            ("requests/s", Format.Count(s.RequestsPerS)), ("p50", Format.Millis(s.P50Ms)), ("p99", Format.Millis(s.P99Ms)),
            ("max", Format.Millis(s.MaxMs)), ("sent late, p99", Format.Millis(s.LagP99Ms)), ("in all", Format.Count(s.Requests)));
        Table events = Pairs(
            ("opened", Format.Count(s.Opened)), ("beats", Format.Count(s.Beats)), ("closed", Format.Count(s.Closed)),
            ("moves", Format.Count(s.Moves)), ("failovers", Format.Count(s.Failovers)), ("reopened", Format.Count(s.Reopened)));
        Table answers = Pairs([
            .. s.ByStatus.OrderByDescending(a => a.Value).Take(4).Select(a => ("HTTP " + a.Key, Format.Count(a.Value))),
            ("connections lost", Format.Count(s.Broken)),
            ("not understood", Format.Count(s.Unreadable)),
        ]);
        Table decisions = Pairs([.. s.ByDecision.OrderByDescending(d => d.Value).Take(6).Select(d => (d.Key, Format.Count(d.Value)))]);
        return new Columns(Frame("requests", requests), Frame("viewers", events), Frame("answers", answers), Frame("decisions", decisions)) { Expand = false };
    }

    private static Rows Lines(LoadSample s) => new(
        new Text(
            $"{Format.Count(s.RequestsPerS)} requests/s, p50 {Format.Millis(s.P50Ms)}, p99 {Format.Millis(s.P99Ms)}, sent late {Format.Millis(s.LagP99Ms)}"),
        new Text(
            $"{Format.Count(s.Opened)} opened, {Format.Count(s.Beats)} beats, {Format.Count(s.Closed)} closed, "
            + $"{Format.Count(s.Moves)} moves, {Format.Count(s.Failovers)} failovers"),
        new Text(string.Join("  ", s.ByStatus.Select(a => $"HTTP {a.Key}: {Format.Count(a.Value)}")
            .Concat(s.ByDecision.Select(d => $"{Format.Plain(d.Key)}: {Format.Count(d.Value)}")))));

    private static Table Regions(IReadOnlyList<SiteRow> sites, LoadSample sample, int rows)
    {
        Dictionary<string, string> regionOf = sites.Where(s => s.Id is not null).ToDictionary(s => s.Id!, s => s.Region ?? "", StringComparer.Ordinal);
        ILookup<string, int> ours = sample.BySite.ToLookup(v => regionOf.GetValueOrDefault(v.Key, ""), v => v.Value);
        Table table = Borderless("region", "utilisation").AddColumn(Right("load")).AddColumn(Right("sessions")).AddColumn(Right("of ours"));
        foreach (IGrouping<string, SiteRow> region in sites.GroupBy(s => s.Region ?? "").OrderBy(r => r.Key, StringComparer.Ordinal).Take(rows))
        {
            double load = region.Sum(s => s.LoadBps ?? 0), capacity = region.Sum(s => s.CapacityBps ?? 0);
            table.AddRow(
                new Text(Format.Plain(region.Key)), UtilisationBar.Draw(capacity > 0 ? load / capacity : null, 20), new Text(Format.BitRate(load)),
                new Text(Format.Count(region.Sum(s => s.Sessions ?? 0))), new Text(Format.Count(ours[region.Key].Sum())));
        }
        return table;
    }

    // What does not serve comes first, then what changes most, then what is fullest: a drain is on top while it empties its site.
    private Table Sites(IReadOnlyList<SiteRow> sites, int rows)
    {
        Table table = Borderless("site", "state", "utilisation").AddColumn(Right("sessions"));
        foreach (SiteRow s in sites
            .OrderBy(s => StateStyle.IsServing(s.State))
            .ThenByDescending(s => Math.Round(Math.Abs((s.Used ?? 0) - _usedBefore.GetValueOrDefault(s.Id ?? "", s.Used ?? 0)), 3))
            .ThenByDescending(s => s.Used ?? 0)
            .Take(rows))
        {
            table.AddRow(
                new Text(Format.Plain(s.Id)), new Text(Format.Plain(s.State), StateStyle.Of(s.State)),
                UtilisationBar.Draw(s.Used, 14), new Text(Format.Count(s.Sessions)));
        }
        foreach (SiteRow s in sites) // a slow mean of the past, some 10 s at two pictures a second
        {
            if (s.Id is null) continue;
            double used = s.Used ?? 0, before = _usedBefore.GetValueOrDefault(s.Id, used);
            _usedBefore[s.Id] = before + (0.05 * (used - before));
        }
        return table;
    }

    private static Table Pairs(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").Width(16)).AddColumn(Right("").Width(11));
        foreach ((string name, string value) in pairs) table.AddRow(new Text(Format.Plain(name), new Style(Color.Grey)), new Text(value));
        return table;
    }

    private static Table Borderless(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(Color.Grey))));
        return table;
    }

    private static TableColumn Right(string name) => new TableColumn(new Text(name, new Style(Color.Grey))).RightAligned();

    private static Panel Frame(string name, IRenderable content) =>
        new Panel(content).Header($" {name} ").Border(BoxBorder.Rounded).BorderColor(Color.Grey);
}
