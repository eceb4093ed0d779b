using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Cli.Rendering;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Cli.Simulations;

/// <summary>Draws what the policies came to, side by side.</summary>
internal static class SimulationTable
{
    /// <summary>A gap that is good, and one that is not.</summary>
    private const double Good = 0.03, Bad = 0.2;

    /// <summary>The table, with a line above that says what was played.</summary>
    public static Rows Draw(SimulationRun run, ImmutableArray<SimulationOutcome> outcomes)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumn("");
        foreach (SimulationOutcome outcome in outcomes) table.AddColumn(new TableColumn(new Text(outcome.Result.Policy, new Style(decoration: Decoration.Bold))).RightAligned());
        Row("cost above the lower bound", r => Percent(r.Gap), r => r.Gap <= Good ? Color.Green : r.Gap >= Bad ? Color.Red : Color.Yellow);
        Row("overloaded sites × time, s", r => Number(r.OverloadSiteSeconds, 1), r => Warn(r.OverloadSiteSeconds > 0));
        Row("fullest site", r => Percent(r.PeakUtilisation), r => Warn(r.PeakUtilisation > 1));
        if (!run.Scenario.Faults.IsEmpty)
            Row("good again after the first fault", r => r.RecoveryS is { } s ? Format.Duration(TimeSpan.FromSeconds(s)) : "not by the end", r => Warn(r.RecoveryS is null));
        Row("RTT mean, p50 / p95 / p99, ms", r => Summary(r.Rtt), null);
        Row("RTT over the nearest site's, ms", r => Summary(r.RttExcess), null);
        Row("decisions", r => Format.Count(r.Decisions), null);
        Row("of these refused", r => Format.Count(r.Refusals), r => Warn(r.Refusals > 0));
        if (outcomes.Any(o => o.Result.Refusals > 0))
        {
            Row("while a site had 5 % free", r => Format.Count(r.RefusalsWithRoom), r => Warn(r.RefusalsWithRoom > 0));
            Row("all sites' load at refusals", r => r.UsedAtRefusal is { } used ? Percent(used) : Format.Absent, null);
        }
        Row("viewers who gave up", r => Format.Count(r.Lost), r => Warn(r.Lost > 0));
        Row("admitted beyond capacity", r => Format.Count(r.Spills), r => Warn(r.Spills > 0));
        Row("moved while playing", r => Format.Count(r.Migrations), null);
        for (int i = 0; i < outcomes[0].Result.Drains.Length; i++)
        {
            int drain = i;
            string which = outcomes[0].Result.Drains.Length == 1 ? "drain" : string.Create(CultureInfo.InvariantCulture, $"drain {i + 1}");
            Row($"{which}: empty after", r => r.Drains[drain].EmptiedAfterS is { } s ? Format.Duration(TimeSpan.FromSeconds(s)) : "not by the end", null);
            Row($"{which}: moves a session", r => r.Drains[drain].MigrationsPerSession is { } m ? Number(m, 1) : Format.Absent, r => Warn(r.Drains[drain].MigrationsPerSession > 1.05));
            Row($"{which}: cost against its preview", r => Against(r.Drains[drain].Cost, r.Drains[drain].PreviewCost), null);
            Row($"{which}: RTT against its preview", r => Against(r.Drains[drain].RttMs, r.Drains[drain].PreviewRttMs), null);
        }
        Row("traffic beyond capacity", r => r.AssignedGbit > 0 ? Percent(r.OverflowGbit / r.AssignedGbit) : Format.Absent, r => Warn(r.OverflowGbit > 0));
        Row("streams pulled", r => Format.Count(r.Pulls), null);
        Row("pulled over served", r => r.AssignedGbit > 0 ? Percent(r.PulledGbit / r.AssignedGbit) : Format.Absent, null);
        if (run.Scenario.Publishers) Backhaul();
        Row("bill: flat + by 95th percentile", r => $"{Number(r.Bill.Flat, 0)} + {Number(r.Bill.Percentile95, 0)}", null);
        Row("paid for and unused, Mbit/s", r => Number(r.Bill.UnusedCommitMbps, 0), null);
        Machine("took", o => Format.Duration(o.Elapsed));
        Machine("decisions/s with all around them", o => Format.Count(o.DecisionsPerS));
        return new Rows(Head(run), table);

        void Row(string name, Func<RunResult, string> value, Func<RunResult, Color?>? colour) => table.AddRow(
            [Name(name), .. outcomes.Select(o => new Text(value(o.Result), colour?.Invoke(o.Result) is { } c ? new Style(c) : null))]);

        void Backhaul()
        {
            Row("overloaded links × time, s", r => Behind(r, b => Number(b.OverloadLinkSeconds, 1)), r => Warn(r.Backhaul?.OverloadLinkSeconds > 0));
            Row("fullest link", r => Behind(r, b => Percent(b.PeakLinkUtilisation)), r => Warn(r.Backhaul?.PeakLinkUtilisation > 1));
            Row("pulled, between regions, Gbit", r => Behind(r, b => $"{Number(b.PullGbit, 0)}, {Number(b.CrossingGbit, 0)}"), null);
            Row("pulls over the fewest", r => Behind(r, b => Number(b.PullsOverFewest, 3)), null);
            Row("path to the publisher, over the shortest, ms", r => Behind(r, b => $"{Number(b.PathMs, 1)}, {Number(b.PathExcessMs, 1)}"), null);
            Row("most streams without a home", r => Behind(r, b => Format.Count(b.MostHomeless)), r => Warn(r.Backhaul?.MostHomeless > 0));
            Row("streams at nodes unfed × time, s", r => Behind(r, b => Number(b.UnfedSeconds, 1)), r => Warn(r.Backhaul?.UnfedSeconds > 0));
            Row("moves a publisher who moved", r => Behind(r, b => b.MovesPerPublisher is { } moves ? Number(moves, 3) : Format.Absent), r => Warn(r.Backhaul?.MovesPerPublisher > 1.05));
            Row("pulls given another parent", r => Behind(r, b => Format.Count(b.Reparents)), null);
            for (int i = 0; i < outcomes[0].Result.Backhaul?.Drains.Length; i++)
            {
                int drain = i;
                Row("publishers, pulls gone after", r => Behind(r, b => $"{Gone(b.Drains[drain].PublishersLeftAfterS)}, {Gone(b.Drains[drain].PullsLeftAfterS)}"), null);
                Row("pulls over the fewest until then", r => Behind(r, b => b.Drains[drain].PullsOverFewest is { } over ? Number(over, 3) : Format.Absent), null);
            }
        }

        void Machine(string name, Func<SimulationOutcome, string> value) =>
            table.AddRow([Name(name), .. outcomes.Select(o => new Text(value(o), new Style(Color.Grey)))]);
    }

    private static string Behind(RunResult result, Func<BackhaulResult, string> value) => result.Backhaul is { } backhaul ? value(backhaul) : Format.Absent;

    private static string Gone(int? afterS) => afterS is { } s ? Format.Duration(TimeSpan.FromSeconds(s)) : "not by the end";

    private static Markup Head(SimulationRun run)
    {
        Scenario s = run.Scenario;
        string replicas = s.Replicas == 1 ? "one replica" : string.Create(CultureInfo.InvariantCulture, $"{s.Replicas} replicas, {(s.Routing == Routing.Random ? "random" : "region-bound")} routing");
        string reports = string.Create(CultureInfo.InvariantCulture, $"reports every {s.ReportS:0.###} s");
        return new Markup(
            $"[bold]{Markup.Escape(Format.Plain(s.Name))}[/], seed {run.Seed}: {Format.Duration(TimeSpan.FromSeconds(s.DurationS))} of virtual time, "
            + $"measured from {Format.Duration(TimeSpan.FromSeconds(s.MeasureFromS))} on, {replicas}, {reports}");
    }

    private static IRenderable Name(string name) => new Text(name, new Style(Color.Grey));

    private static Color? Warn(bool isBad) => isBad ? Color.Red : null;

    private static string Summary(RttSummary rtt) => string.Create(CultureInfo.InvariantCulture, $"{rtt.Mean:0.0}, {rtt.P50:0.0} / {rtt.P95:0.0} / {rtt.P99:0.0}");

    private static string Against(double? value, double foretold) =>
        value is { } v ? string.Create(CultureInfo.InvariantCulture, $"{((v / foretold) - 1) * 100:+0.00;-0.00} %") : Format.Absent;

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0.00} %");

    private static string Number(double value, int digits) => value.ToString(digits switch { 0 => "#,0", 1 => "#,0.0", _ => "#,0.000" }, CultureInfo.InvariantCulture);
}
