using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Revisions;

/// <summary><c>scheduler revisions</c>: who changed what, when and why.</summary>
internal static class RevisionsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first", DefaultValueFactory = _ => 20, HelpName = "N" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--limit: must be in [1, 10000].");
        });
        var command = new Command("revisions", "Shows who changed what, when and why, newest first") { limit };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            int wanted = context.Parse.GetValue(limit);
            var rows = new List<RevisionRow>();
            string? cursor = null;
            do
            {
                string path = $"v1/admin/revisions?limit={Math.Min(wanted - rows.Count, 200)}";
                if (cursor is not null) path += "&cursor=" + Uri.EscapeDataString(cursor);
                Result<RevisionList> page = await context.Api.GetAsync(path, AdminJson.Default.RevisionList, cancellation);
                if (!page.IsOk) return context.Fail(page.Problem);
                if (page.Value.Revisions is not { Count: > 0 } more) break;
                rows.AddRange(more.Take(wanted - rows.Count));
                cursor = page.Value.NextCursor;
            }
            while (cursor is not null && rows.Count < wanted);

            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                    new RevisionList(rows, null), AdminJson.Default.RevisionList)));
            else
                context.Console.Write(Draw(rows, host.Time.GetUtcNow()));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Draw(List<RevisionRow> rows, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn(new TableColumn("revision").RightAligned());
        table.AddColumns("when", "kind", "author", "reason");
        foreach (RevisionRow r in rows)
            table.AddRow(
                new Text(Format.Count(r.Revision)), new Text(Format.Relative(r.At, now)), new Text(Format.Plain(r.Kind)),
                new Text(Format.Plain(r.Author)), new Text(Format.Plain(r.Reason)));
        return table;
    }
}
