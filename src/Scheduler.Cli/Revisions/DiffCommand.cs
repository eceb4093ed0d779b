using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Revisions;

/// <summary><c>scheduler diff</c>: what a revision changed.</summary>
internal static class DiffCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var revision = new Argument<long>("N") { Description = "The revision, as `revisions` shows it" };
        var command = new Command("diff", "Shows what a revision changed, against the one before it") { revision };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            Result<ApiAnswer> answer = await context.Api.GetAsync($"v1/admin/revisions/{context.Parse.GetValue(revision)}/diff", cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<RevisionDiff> diff = answer.Value.Read(AdminJson.Default.RevisionDiff);
            if (!diff.IsOk) return context.Fail(diff.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            RevisionDiff shown = diff.Value;
            context.Console.WriteLine(
                $"revision {shown.Revision} ({Format.Plain(shown.Kind)}) by {Format.Plain(shown.Author)}, {Format.Relative(shown.At, host.Time.GetUtcNow())}: {Format.Plain(shown.Reason)}");
            Draw(context.Console, shown.Changes ?? []);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Draws changes, a line each.</summary>
    internal static void Draw(IAnsiConsole console, IReadOnlyList<ChangeRow> changes)
    {
        foreach (ChangeRow change in changes)
        {
            (string mark, string value, Color colour) = change.Change switch
            {
                "added" => ("+", Json(change.After), Color.Green),
                "removed" => ("-", Json(change.Before), Color.Red),
                _ => ("~", $"{Json(change.Before)} → {Json(change.After)}", Color.Yellow),
            };
            console.Write(new Text(mark, colour));
            console.WriteLine($" {Format.Plain(change.Path)}: {Format.Plain(value)}");
        }
        if (changes.Count == 0) console.WriteLine("Nothing is different.");
    }

    private static string Json(JsonElement? value) => value is { } json ? JsonSerializer.Serialize(json, AdminJson.Readable.JsonElement) : Format.Absent;
}
