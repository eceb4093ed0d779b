using System.Collections.Immutable;
using Scheduler.Simulator.Measures;

namespace Scheduler.Simulator.Reports;

/// <summary>A row of the comparison.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Meaning">What it says, in a few words.</param>
/// <param name="Value">Its value; null where there is none, which is worse than any.</param>
/// <param name="Text">Writes a value.</param>
/// <param name="IsRanked">True when less is better, all else equal.</param>
internal sealed record Metric(string Name, string Meaning, Func<RunResult, double?> Value, Func<double, string> Text, bool IsRanked = true)
{
    /// <summary>The rows, in groups.</summary>
    public static ImmutableArray<(string Group, ImmutableArray<Metric> Metrics)> Groups { get; } =
    [
        ("Against the best possible",
        [
            new("Gap to the lower bound", "mean cost over what nobody could undercut, less one", run => run.Gap, Quantity.Percent),
        ]),
        ("What viewers get",
        [
            new("Round-trip time, median", "of all viewing time", run => run.Rtt.P50, Quantity.Millis),
            new("Round-trip time, p95", "the worst twentieth begins here", run => run.Rtt.P95, Quantity.Millis),
            new("Round-trip time, p99", "the worst hundredth begins here", run => run.Rtt.P99, Quantity.Millis),
            new("Excess over the nearest site, mean", "what balancing costs in distance", run => run.RttExcess.Mean, Quantity.Millis),
            new("Excess over the nearest site, p95", "for the worst twentieth", run => run.RttExcess.P95, Quantity.Millis),
            new("Refusals", "decisions that named no node", run => run.Refusals, Quantity.Count),
            new("Refusals with room", "while some site had over 5 % of its capacity free", run => run.RefusalsWithRoom, Quantity.Count),
            new("Viewers lost", "gave up, over the whole run", run => run.Lost, Quantity.Count),
            new("Migrations", "viewers asked to move while they played", run => run.Migrations, Quantity.Count),
        ]),
        ("What sites bear",
        [
            new("Overload", "sites times seconds beyond capacity", run => run.OverloadSiteSeconds, value => $"{Quantity.Tenths(value)} site-s"),
            new("Peak utilisation", "of the fullest site", run => run.PeakUtilisation, Quantity.Percent),
            new("Traffic beyond capacity", "given to sites that could not carry it", run => run.OverflowGbit, value => $"{Quantity.Tenths(value)} Gbit"),
            new("Spills", "admitted knowingly beyond a node's capacity", run => run.Spills, Quantity.Count),
            new("Pulls", "times that a site began to pull a stream", run => run.Pulls, Quantity.Count),
            new("Traffic pulled", "from upstream", run => run.PulledGbit, value => $"{Quantity.Tenths(value)} Gbit"),
        ]),
        ("What it costs a month, in units of the cheapest region's Mbit/s",
        [
            new("Bill, flat tariffs", "sites that pay what they send", run => run.Bill.Flat, Quantity.Count, IsRanked: false),
            new("Bill, 95th percentile", "sites that pay their peaks, at least their commit", run => run.Bill.Percentile95, Quantity.Count, IsRanked: false),
            new("Bill, total", "both", TotalBill, Quantity.Count),
            new("Commit left unused", "paid for anyway", run => run.Bill.UnusedCommitMbps, value => $"{Quantity.Count(value)} Mbit/s", IsRanked: false),
        ]),
    ];

    /// <summary>The rows that only a run with publishers has.</summary>
    public static ImmutableArray<Metric> Backhaul { get; } =
    [
        new("Link overload", "links times seconds beyond capacity", run => run.Backhaul?.OverloadLinkSeconds, value => $"{Quantity.Tenths(value)} link-s"),
        new("Peak link utilisation", "of the fullest link", run => run.Backhaul?.PeakLinkUtilisation, Quantity.Percent),
        new("Pulled between sites", "edge nodes from IDCs, and IDCs from each other", run => run.Backhaul?.PullGbit, value => $"{Quantity.Tenths(value)} Gbit"),
        new("Pulled between regions", "what of it left a region", run => run.Backhaul?.CrossingGbit, value => $"{Quantity.Tenths(value)} Gbit"),
        new("Path to the publisher, mean", "round-trip times of its hops", run => run.Backhaul?.PathMs, Quantity.Millis),
        new("Path over the shortest, mean", "what sharing a relay costs in distance", run => run.Backhaul?.PathExcessMs, Quantity.Millis),
        new("Streams without a home", "streams times seconds", run => run.Backhaul?.HomelessStreamSeconds, value => $"{Quantity.Tenths(value)} stream-s"),
        new("Unfed", "streams at nodes with viewers and nobody to pull from, times seconds", run => run.Backhaul?.UnfedSeconds, value => $"{Quantity.Tenths(value)} s"),
        new("Publishers moved", "told to send elsewhere", run => run.Backhaul?.PublisherMoves, Quantity.Count),
        new("Pulls moved", "nodes given another parent while theirs was there", run => run.Backhaul?.Reparents, Quantity.Count),
    ];

    /// <summary>The row that only a run with a fault has.</summary>
    public static Metric Recovery { get; } =
        new("Recovery", "from the first fault until cost stayed within 3 % of the bound", run => run.RecoveryS, value => $"{Quantity.Tenths(value)} s");

    /// <summary>The whole bill.</summary>
    public static double? TotalBill(RunResult run) => run.Bill.Flat + run.Bill.Percentile95;

    /// <summary>The value that is best; null when nothing can be said: one run, no value, or all the same.</summary>
    /// <remarks>Values are compared as they are written: who looks the same is the same.</remarks>
    public string? BestText(IReadOnlyList<RunResult> runs)
    {
        if (!IsRanked || runs.Count < 2) return null;
        double[] values = [.. runs.Select(Value).OfType<double>()];
        if (values.Length == 0 || (values.Length == runs.Count && values.Select(Text).Distinct().Count() == 1)) return null;
        return Text(values.Min());
    }
}
