using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Audits;

/// <summary><c>scheduler audit</c>: who called the admin API for what.</summary>
internal static class AuditCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> limit = NumberOption.WithDefault("--limit", "At most so many, newest first", 20, 1, 10_000);
        Option<string?>[] words =
        [
            Filter("--caller", "Only of the key of this name or id", "NAME"),
            Filter("--operation", "Only calls whose method and route have this in them, such as DELETE or /drains", "TEXT"),
            Filter("--target", "Only calls about this id", "ID"),
            Filter("--status", "Only this status, or a class such as 4xx", "STATUS"),
            Filter("--revision", "Only calls that made this revision", "N"),
            Filter("--text", "Only calls whose reason has this in it", "TEXT"),
        ];
        Option<DateTimeOffset?> since = TimeOption.Optional("--since", "Only from this moment on", host.Time);
        Option<DateTimeOffset?> until = TimeOption.Optional("--until", "Only before this moment", host.Time);
        var lines = new Option<bool>("--jsonl") { Description = "Print every entry that fits as a line of JSON, whatever --limit says" };
        var command = new Command("audit", "Shows who called the admin API for what, newest first") { limit, since, until, lines };
        foreach (Option<string?> word in words) command.Add(word);
        command.Runs(host, globals, async (context, cancellation) =>
        {
            QueryText query = new QueryText(context).Add(since).Add(until);
            foreach (Option<string?> word in words) query.Add(word);
            if (context.Parse.GetValue(lines)) return await ExportAsync(context, query, cancellation);

            Result<List<AuditRow>> rows = await Pages.ReadAsync(
                context, query.On("v1/admin/audit"), AdminJson.Default.AuditList, list => (list.Entries, list.Next), context.Parse.GetValue(limit), cancellation);
            if (!rows.IsOk) return context.Fail(rows.Problem);
            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(new AuditList(rows.Value, null), AdminJson.Default.AuditList)));
            else if (rows.Value.Count > 0) context.Console.Write(Draw(rows.Value, host.Time.GetUtcNow()));
            else host.Out.WriteLine("Nothing of that kind is on record.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> ExportAsync(CommandContext context, QueryText query, CancellationToken cancellation)
    {
        Result<ApiAnswer> answer = await context.Api.GetAsync(query.Add("format", "jsonl").On("v1/admin/audit"), cancellation);
        if (!answer.IsOk) return context.Fail(answer.Problem);
        context.Host.Out.Write(System.Text.Encoding.UTF8.GetString(answer.Value.Body));
        return ExitCode.Done;
    }

    private static Option<string?> Filter(string name, string description, string value) => new(name) { Description = description, HelpName = value };

    private static Table Draw(List<AuditRow> rows, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("when", "who", "role", "what", "target", "status", "revision", "calls", "reason");
        foreach (AuditRow r in rows)
            table.AddRow(
                new Text(Format.Relative(r.At, now)), new Text(Format.Plain(r.Caller)), new Text(Format.Plain(r.Role)), new Text(Format.Plain(r.Operation)),
                new Text(Format.Plain(r.Target)), new Text($"{r.Status}", r.Status >= 400 ? new Style(Color.Red) : Style.Plain),
                new Text(Format.Count(r.Revision)), new Text(Format.Count(r.Calls)), new Text(Format.Plain(r.Reason)));
        return table;
    }
}
