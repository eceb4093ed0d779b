using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Load;

/// <summary>Draws what a play gave.</summary>
internal static class LoadSummaryTable
{
    /// <summary>The table.</summary>
    public static Table Draw(LoadSummary s)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).HideHeaders().AddColumn("").AddColumn("");
        Add("played", $"{Format.Duration(TimeSpan.FromSeconds(s.DurationS))}, up to {Format.Count(s.ViewersPeak)} of {Format.Count(s.Viewers)} viewers "
            + $"on {Format.Count(s.SitesPeak)} sites, seed {s.Seed}");
        Add("addresses", s.Addresses);
        Add("requests", $"{Format.Count(s.Requests)}, {Format.Count(s.RequestsPerS)} a second");
        Add("latency", $"p50 {Format.Millis(s.LatencyP50Ms)}, p90 {Format.Millis(s.LatencyP90Ms)}, p99 {Format.Millis(s.LatencyP99Ms)}, "
            + $"p99.9 {Format.Millis(s.LatencyP999Ms)}, max {Format.Millis(s.LatencyMaxMs)}");
        Add("sent late", $"p99 {Format.Millis(s.LagP99Ms)}");
        Add("viewers", $"{Format.Count(s.Opens)} opened, {Format.Count(s.Beats)} beats, {Format.Count(s.Closes)} closed");
        Add("changes", $"{Format.Count(s.Moves)} moves, {Format.Count(s.Failovers)} failovers, {Format.Count(s.Reopened)} reopened");
        Add("decisions", List(s.ByDecision));
        Add("answers", List(s.ByStatus));
        Add("trouble", $"{Format.Count(s.BrokenConnections)} connections lost, {Format.Count(s.Resent)} requests sent again, "
            + $"{Format.Count(s.Unreadable)} answers not understood");
        if (s.Targets.Count > 1)
        {
            Add("retries", $"{Format.Count(s.Retries)} requests sent on to another scheduler, {Format.Count(s.FailedAfterRetry)} of them failed there too");
            foreach (LoadTargetSummary t in s.Targets)
                Add(t.Url, $"{Format.Count(t.Answers)} answers, {Format.Count(t.Unavailable)} of them 503; {Format.Count(t.Unanswered)} requests without an answer");
        }
        if (s.Nodes > 0) Add("reports", $"{Format.Count(s.Nodes)} nodes, {Format.Count(s.ReportsAccepted)} taken, {Format.Count(s.ReportsRejected)} refused, the fullest at {Format.Percent(s.NodeUtilisationPeak)}");
        if (s.FirstRefusal is { } refusal) Add("first refusal", refusal);
        return table;

        void Add(string name, string value) => table.AddRow(new Text(name, new Style(Color.Grey)), new Text(Format.Plain(value)));
    }

    private static string List(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {Format.Count(c.Value)}"));
}
