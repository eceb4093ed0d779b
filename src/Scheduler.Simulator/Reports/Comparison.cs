using System.Collections.Immutable;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Reports.Plots;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Reports;

/// <summary>Runs of one scenario and seed under several policies, as the page shows them.</summary>
internal sealed class Comparison
{
    /// <summary>Puts runs side by side.</summary>
    /// <exception cref="ArgumentException">There is none, or they are of different scenarios or seeds.</exception>
    public Comparison(IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0) throw new ArgumentException("a report needs a run", nameof(runs));
        if (runs.Any(run => run.Scenario.Name != runs[0].Scenario.Name || run.Seed != runs[0].Seed))
            throw new ArgumentException("the runs are of different scenarios or seeds", nameof(runs));
        Runs = [.. runs];
        Faults = FaultSpan.Of(Scenario);
    }

    /// <summary>The runs, in the order in which they are shown.</summary>
    public ImmutableArray<RunResult> Runs { get; }

    /// <summary>What was simulated.</summary>
    public Scenario Scenario => Runs[0].Scenario;

    /// <summary>Seed of all chance.</summary>
    public int Seed => Runs[0].Seed;

    /// <summary>What went wrong, in the order in which it came.</summary>
    public ImmutableArray<FaultSpan> Faults { get; }

    /// <summary>What is marked in a plot over time.</summary>
    /// <param name="limit">A value not to go over; null for none.</param>
    public Marks TimeMarks((double Value, string Name)? limit = null) => new(Faults, Scenario.MeasureFromS, limit);

    /// <summary>Classes that give everything of a run its colour and dashes.</summary>
    public string CssOf(int run) => Runs[run].Policy == PolicyNames.Scheduler ? $"p{run} product" : $"p{run}";

    /// <summary>A line for each run.</summary>
    public ImmutableArray<Series> Lines(Func<RunResult, IReadOnlyList<(double X, double Y)>> points) =>
        [.. Runs.Select((run, i) => new Series(CssOf(i), run.Policy, points(run)))];
}
