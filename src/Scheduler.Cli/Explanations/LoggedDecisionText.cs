using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Cli.Explanations;

/// <summary>The decisions on a session for people: each with its moment and cause, then what was looked at.</summary>
internal static class LoggedDecisionText
{
    /// <summary>Draws them.</summary>
    public static void Draw(IAnsiConsole console, LoggedDecisionList list)
    {
        foreach (LoggedDecisionRow row in list.Decisions ?? [])
        {
            string at = row.At is { } when ? when.ToString("u", CultureInfo.InvariantCulture) : Format.Absent;
            string to = row.Candidates is { Count: > 0 } named ? string.Join(", ", named) : "nowhere";
            string from = row.From is { } node ? $" from {Format.Plain(node)}" : "";
            console.MarkupInterpolated($"[bold]{at}[/] {Format.Plain(row.Cause)}{from}: {Format.Plain(row.Outcome)} to [bold]{Format.Plain(to)}[/] by replica {Format.Count(row.Replica)}");
            console.WriteLine();
            if (row.Explanation is { } explanation) ExplanationTable.Draw(console, explanation);
        }
    }
}
