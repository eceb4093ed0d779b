using System.Globalization;
using Scheduler.Cli.Rendering;
using Scheduler.Simulator;
using Spectre.Console;

namespace Scheduler.Cli.Simulations;

/// <summary>Shows how far the policies are: bars on a terminal, else a line now and then on standard error.</summary>
internal static class SimulationDisplay
{
    private const int LeastLineS = 60;

    /// <summary>A day's run writes no more lines than an hour's.</summary>
    private const int MostLines = 60;

    /// <summary>Plays the run and shows how it goes.</summary>
    /// <param name="context">Where it is shown.</param>
    /// <param name="run">What is played.</param>
    /// <param name="finished">Takes each outcome in the order of the policies.</param>
    /// <param name="cancellation">Ends all runs.</param>
    public static Task ShowAsync(
        CommandContext context, SimulationRun run, Action<SimulationOutcome> finished, CancellationToken cancellation) =>
        context.Host.CanRedraw && !context.IsJson ? BarsAsync(context, run, finished, cancellation) : LinesAsync(context, run, finished, cancellation);

    private static async Task BarsAsync(
        CommandContext context, SimulationRun run, Action<SimulationOutcome> finished, CancellationToken cancellation)
    {
        Progress display = context.Console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        await display.StartAsync(async bars =>
        {
            ProgressTask[] tasks = [.. run.Scenario.Policies.Select(policy => bars.AddTask(policy, autoStart: false, maxValue: run.Scenario.DurationS))];
            await run.PlayAsync(
                (position, at) =>
                {
                    ProgressTask task = tasks[position];
                    if (!task.IsStarted) task.StartTask();
                    task.Description = $"[bold]{run.Scenario.Policies[position]}[/] {Markup.Escape(Say(at))}";
                    task.Value = at.AtS + 1;
                },
                finished, cancellation);
        });
    }

    private static Task LinesAsync(
        CommandContext context, SimulationRun run, Action<SimulationOutcome> finished, CancellationToken cancellation)
    {
        int everyS = Math.Max(LeastLineS, (int)(run.Scenario.DurationS / MostLines));
        var error = TextWriter.Synchronized(context.Host.Error);
        return run.PlayAsync(
            (position, at) =>
            {
                if (at.AtS % everyS != 0) return;
                error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Scenario.Policies[position]}: {at.AtS,6} of {at.OfS} s, {Say(at)}"));
            },
            finished, cancellation);
    }

    private static string Say(RunProgress at) =>
        $"{Format.Count(at.Live)} viewers, {(at.PeakUtilisation is { } peak ? $"fullest site {Format.Percent(peak)}" : "not measured yet")}";
}
