using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain list</c>.</summary>
internal static class DrainListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("list", "Shows the drains");
        command.Runs(host, globals, async (context, cancellation) =>
        {
            Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/drains", cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<DrainList> drains = answer.Value.Read(AdminJson.Default.DrainList);
            if (!drains.IsOk) return context.Fail(drains.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else if (drains.Value.Drains is { Count: > 0 } rows) context.Console.Write(Draw(rows, host.Time.GetUtcNow()));
            else host.Out.WriteLine("Nothing is drained.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Draw(IReadOnlyList<DrainRow> drains, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("id", "target", "state", "started", "ends", "author", "reason");
        foreach (DrainRow d in drains)
            table.AddRow(
                new Text(Format.Plain(d.Id)), new Text(Format.Plain(d.TargetText)), new Text(Format.Plain(d.State), StateStyle.Of(d.State)),
                new Text(Format.Relative(d.CreatedAt, now)), new Text(Format.Relative(d.ExpiresAt, now)),
                new Text(Format.Plain(d.Author)), new Text(Format.Plain(d.Reason)));
        return table;
    }
}
