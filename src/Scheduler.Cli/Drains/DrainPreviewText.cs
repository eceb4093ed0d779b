using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Drains;

/// <summary>A preview for people: the receivers before and after, then the verdict in words.</summary>
internal static class DrainPreviewText
{
    private const int Rows = 15;

    /// <summary>Draws it.</summary>
    public static void Draw(DrainPreviewRow preview, string target, IAnsiConsole console)
    {
        IReadOnlyList<DrainReceiverRow> receivers = preview.Receivers ?? [];
        if (receivers.Count > 0) console.Write(Receivers(receivers));
        console.WriteLine($"{target}: {Format.Count(preview.Nodes)} nodes, {Format.BitRate(preview.MovedBps)} to go elsewhere{Taken(preview, target)}.");
        if (preview.Publishers > 0 || preview.Pulls > 0)
            console.WriteLine($"With it {Format.Count(preview.Publishers)} publishers and {Format.Count(preview.Pulls)} pulls of {Format.BitRate(preview.BackhaulBps)}.");
        if (receivers.Count > 0)
        {
            console.WriteLine(
                $"Round-trip times {Signed(preview.DeltaRttMs?.P50)} ms at the median, {Signed(preview.DeltaRttMs?.P95)} ms at p95; who moves loses {Signed(preview.DeltaRttMs?.MovedMean)} ms. "
                + $"An hour costs {Signed(preview.DeltaCostPerH)} more.");
        }
        if (preview.Peak is { } peak)
        {
            console.WriteLine(
                $"Busiest at {Moment(peak.At)}, forecast by {(preview.Forecast == "measured" ? "the last day here" : "how days go elsewhere")}: {Fullest(peak.MaxUtilisation, peak.AtSite)}.");
        }
        if (preview.StrandedCells is { Count: > 0 } stranded)
            console.WriteLine($"{stranded.Count} cells lose their only site: {string.Join(", ", stranded.Take(5).Select(Format.Plain))}{(stranded.Count > 5 ? "…" : "")}.");
        console.WriteLine(Verdict(preview));
    }

    /// <summary>The verdict in one sentence.</summary>
    public static string Verdict(DrainPreviewRow preview) => preview.Refusals is { Count: > 0 } refusals
        ? $"No until {Moment(preview.Until)}: {string.Join("; ", refusals.Select(refusal => $"{Format.Plain(refusal.Detail)} ({Format.Plain(refusal.Guard)})"))}."
        : $"Yes until {Moment(preview.Until)}: {Fullest(preview.MaxUtilisation, preview.AtSite)}.";

    private static Table Receivers(IReadOnlyList<DrainReceiverRow> receivers)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("receiver", "before", "after");
        table.AddColumn(new TableColumn("gains").RightAligned());
        table.AddColumn(new TableColumn("capacity").RightAligned());
        foreach (DrainReceiverRow row in receivers.Take(Rows))
        {
            table.AddRow(
                new Text(Format.Plain(row.Site)), UtilisationBar.Draw(row.BeforeUtilisation, width: 16), UtilisationBar.Draw(row.AfterUtilisation, width: 16),
                new Text(Format.BitRate(row.AfterBps - row.BeforeBps)), new Text(Format.BitRate(row.CapacityBps)));
        }
        if (receivers.Count > Rows) table.Caption = new TableTitle($"the {Rows} that gain most of {receivers.Count}; all with --json");
        return table;
    }

    private static string Taken(DrainPreviewRow preview, string target)
    {
        string[] others = [.. (preview.Sites ?? []).Where(site => site != target).Select(Format.Plain)];
        return others.Length == 0 ? "" : $"; with it {string.Join(", ", others.Take(8))}{(others.Length > 8 ? $" and {others.Length - 8} more" : "")}";
    }

    private static string Fullest(double? utilisation, string? site) => utilisation is null
        ? "nobody has to take anything"
        : $"the fullest receiver is {Format.Plain(site)} at {Format.Percent(utilisation)}";

    private static string Moment(DateTimeOffset? at) => at is { } moment ? moment.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : Format.Absent;

    private static string Signed(double? value) => value is { } v ? v.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) : Format.Absent;
}
