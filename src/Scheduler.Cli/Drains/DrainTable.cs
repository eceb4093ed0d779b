using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Cli.Drains;

/// <summary>Draws drains and how far each has come.</summary>
internal static class DrainTable
{
    private const int BarWidth = 20;

    /// <summary>The drains, a row each, and below them why any of them stands still or is late.</summary>
    public static IRenderable Draw(IReadOnlyList<DrainRow> drains, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("id", "target", "phase", "closed", "sessions left", "moved", "eta", "ends", "author", "reason");
        table.Columns[4].RightAligned();
        table.Columns[5].RightAligned();
        var parts = new List<IRenderable> { table };
        foreach (DrainRow d in drains)
        {
            string phase = d.Phase ?? d.State ?? "";
            table.AddRow(
                new Text(Format.Plain(d.Id)), new Text(Format.Plain(d.TargetText)), new Text(Format.Plain(phase), StyleOf(phase)), Bar(d.Admitting),
                new Text(d.SessionsLeft is null ? Format.Absent : $"{Format.Count(d.SessionsLeft)}, {Format.BitRate(d.LeftBps)}"), new Text(Format.Count(d.Moved)),
                new Text(phase == "planned" ? "starts " + Format.Relative(d.StartsAt, now) : Format.Relative(d.Eta, now)), new Text(Format.Relative(d.ExpiresAt, now)),
                new Text(Format.Plain(d.Author)), new Text(Format.Plain(d.Reason)));
            if (DrainText.Feeding(d) is { Length: > 0 } feeding) parts.Add(new Text($"{Format.Plain(d.Id)}: {feeding.TrimEnd(' ', ',')}"));
            if (d.Local == true) parts.Add(new Text($"{Format.Plain(d.Id)} is local: it stands in no revision yet", new Style(Color.Yellow)));
            if (d.Waits is { } why) parts.Add(new Text($"{Format.Plain(d.Id)} {Format.Plain(why)}", new Style(Color.Yellow)));
            if (d.RampLateS is { } late)
                parts.Add(new Text($"{Format.Plain(d.Id)} takes {Format.Duration(TimeSpan.FromSeconds(late))} longer to close than was asked for: the receivers have little room", new Style(Color.Yellow)));
        }
        return new Rows(parts);
    }

    /// <summary>What of the target is closed, as a bar that fills.</summary>
    private static Markup Bar(double? admitting)
    {
        if (admitting is not { } open || !double.IsFinite(open)) return new Markup(Format.Absent);
        double closed = Math.Clamp(1 - open, 0, 1);
        int filled = (int)Math.Floor(closed * BarWidth);
        string percent = Math.Floor(closed * 100).ToString("0", CultureInfo.InvariantCulture); // never 100 while anything is open
        return new Markup($"[blue]{new string('█', filled)}[/][grey]{new string('░', BarWidth - filled)}[/] {percent} %");
    }

    private static Style StyleOf(string phase) => phase switch
    {
        "ramping" or "migrating" => new Style(Color.Blue),
        "paused" => new Style(Color.Yellow),
        "drained" => new Style(Color.Green),
        _ => Style.Plain,
    };
}
