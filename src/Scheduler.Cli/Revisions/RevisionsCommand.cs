using System.CommandLine;
using System.Text.Json;
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
        Option<int> limit = NumberOption.WithDefault("--limit", "At most so many, newest first", 20, 1, 10_000);
        var kind = new Option<string?>("--kind") { Description = "Only changes of this kind, such as fleet or drain", HelpName = "K" };
        var author = new Option<string?>("--author") { Description = "Only changes by the key of this name", HelpName = "NAME" };
        var text = new Option<string?>("--text") { Description = "Only changes whose reason has this in it", HelpName = "TEXT" };
        Option<DateTimeOffset?> since = TimeOption.Optional("--since", "Only from this moment on", host.Time);
        Option<DateTimeOffset?> until = TimeOption.Optional("--until", "Only before this moment", host.Time);
        var command = new Command("revisions", "Shows who changed what, when and why, newest first") { limit, kind, author, since, until, text };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            QueryText query = new QueryText(context).Add(kind).Add(author).Add(since).Add(until).Add(text);
            Result<List<RevisionRow>> rows = await Pages.ReadAsync(
                context, query.On("v1/admin/revisions"), AdminJson.Default.RevisionList, list => (list.Revisions, list.NextCursor),
                context.Parse.GetValue(limit), cancellation);
            if (!rows.IsOk) return context.Fail(rows.Problem);
            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(new RevisionList(rows.Value, null), AdminJson.Default.RevisionList)));
            else
                context.Console.Write(Draw(rows.Value, host.Time.GetUtcNow()));
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
