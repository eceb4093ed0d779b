using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain list</c>.</summary>
internal static class DrainListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("list", "Shows the drains and how far each has come");
        command.Runs(host, globals, async (context, cancellation) =>
        {
            Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/drains", cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<DrainList> drains = answer.Value.Read(AdminJson.Default.DrainList);
            if (!drains.IsOk) return context.Fail(drains.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else if (drains.Value.Drains is { Count: > 0 } rows) context.Console.Write(DrainTable.Draw(rows, host.Time.GetUtcNow()));
            else host.Out.WriteLine("Nothing is drained.");
            return ExitCode.Done;
        });
        return command;
    }
}
