using System.Collections.Immutable;
using Scheduler.Simulator.Measures;

namespace Scheduler.Simulator.Reports;

/// <summary>What a reader should know before any number: a few sentences that the numbers bear out.</summary>
internal static class Verdicts
{
    /// <summary>Writes them.</summary>
    public static ImmutableArray<string> Of(Comparison comparison) =>
        comparison.Runs.Length == 1 ? [OfOne(comparison)] : [Closest(comparison), Overload(comparison), Refusals(comparison), .. Recovery(comparison)];

    private static string OfOne(Comparison comparison)
    {
        RunResult run = comparison.Runs[0];
        string load = run.OverloadSiteSeconds > 0 ? $"sites were beyond their capacity for {Quantity.Tenths(run.OverloadSiteSeconds)} site-seconds" : "no site went beyond its capacity";
        string refused = run.Refusals > 0 ? $"{Quantity.Count(run.Refusals)} of {Quantity.Count(run.Decisions)} decisions named no node" : "nobody was refused";
        return $"{run.Policy}: {Quantity.Percent(run.Gap)} above the lower bound; {load}; {refused}.";
    }

    private static string Closest(Comparison comparison)
    {
        RunResult[] order = [.. comparison.Runs.OrderBy(run => run.Gap)];
        return $"Closest to the best possible: {order[0].Policy}, {Quantity.Percent(order[0].Gap)} above the lower bound; "
            + $"then {Quantity.List([.. order.Skip(1).Select(run => $"{run.Policy} ({Quantity.Percent(run.Gap)})")])}.";
    }

    private static string Overload(Comparison comparison)
    {
        RunResult[] over = [.. comparison.Runs.Where(run => run.OverloadSiteSeconds > 0).OrderBy(run => run.OverloadSiteSeconds)];
        if (over.Length == 0) return "No site went beyond its capacity under any policy.";
        string[] within = [.. comparison.Runs.Where(run => run.OverloadSiteSeconds <= 0).Select(run => run.Policy)];
        string those = Quantity.List([.. over.Select(run => $"{run.Policy} ({Quantity.Tenths(run.OverloadSiteSeconds)} site-seconds)")]);
        return within.Length == 0
            ? $"Sites went beyond their capacity under every policy: {those}."
            : $"No site went beyond its capacity under {Quantity.List(within)}; sites did under {those}.";
    }

    private static string Refusals(Comparison comparison)
    {
        RunResult[] refused = [.. comparison.Runs.Where(run => run.Refusals > 0).OrderBy(run => run.Refusals)];
        return refused.Length == 0
            ? "Nobody was refused under any policy."
            : $"Decisions that named no node: {Quantity.List([.. refused.Select(run => $"{run.Policy} {Quantity.Count(run.Refusals)} of {Quantity.Count(run.Decisions)}")])}"
                + (refused.Length == comparison.Runs.Length ? "." : "; under the others nobody was refused.");
    }

    private static IEnumerable<string> Recovery(Comparison comparison)
    {
        if (comparison.Faults.IsEmpty) yield break;
        RunResult[] recovered = [.. comparison.Runs.Where(run => run.RecoveryS is not null).OrderBy(run => run.RecoveryS)];
        yield return recovered.Length == 0
            ? "After the first fault no policy came back to within 3 % of the bound before the end."
            : $"Back to within 3 % of the bound after the first fault: {Quantity.List([.. recovered.Select(run => run.RecoveryS > 0 ? $"{run.Policy} after {Quantity.Tenths(run.RecoveryS.Value)} s" : $"{run.Policy} never left it")])}"
                + (recovered.Length == comparison.Runs.Length ? "." : "; the others not before the end.");
    }
}
