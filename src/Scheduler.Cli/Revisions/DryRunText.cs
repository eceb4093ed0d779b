using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Revisions;

/// <summary>A dry run for people.</summary>
internal static class DryRunText
{
    /// <summary>Prints the answer to a dry run.</summary>
    /// <returns>Why it could not be read; null when it was printed.</returns>
    public static SchedulerProblem? Show(CommandContext context, ApiAnswer foreseen)
    {
        Result<DryRun> run = foreseen.Read(AdminJson.Default.DryRun);
        if (!run.IsOk) return run.Problem;
        if (context.IsJson) context.Host.Out.WriteLine(JsonText.Indent(foreseen.Body));
        else Draw(context.Console, run.Value);
        return null;
    }

    private static void Draw(IAnsiConsole console, DryRun run)
    {
        DiffCommand.Draw(console, run.Changes ?? []);
        if (run.Before is not { } before || run.After is not { } after) return;
        string feasible = after.Feasible == false ? "; the demand does not fit" : "";
        console.WriteLine(
            $"fullest site {Of(before)} → {Of(after)}; cost {Format.Count(before.Cost)} → {Format.Count(after.Cost)} ms·Mbit/s{feasible}");
    }

    private static string Of(ForecastRow forecast) => $"{Format.Plain(forecast.MostUtilised)} {Format.Percent(forecast.MaxUtilisation)}";
}
