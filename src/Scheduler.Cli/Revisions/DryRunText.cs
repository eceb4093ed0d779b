using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Revisions;

/// <summary>A dry run for people.</summary>
internal static class DryRunText
{
    /// <summary>Draws it.</summary>
    public static void Draw(IAnsiConsole console, DryRun run)
    {
        DiffCommand.Draw(console, run.Changes ?? []);
        if (run.Before is not { } before || run.After is not { } after) return;
        string feasible = after.Feasible == false ? "; the demand does not fit" : "";
        console.WriteLine(
            $"fullest site {Of(before)} → {Of(after)}; cost {Format.Count(before.Cost)} → {Format.Count(after.Cost)} ms·Mbit/s{feasible}");
    }

    private static string Of(ForecastRow forecast) => $"{Format.Plain(forecast.MostUtilised)} {Format.Percent(forecast.MaxUtilisation)}";
}
