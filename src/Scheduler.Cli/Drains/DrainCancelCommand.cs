using System.CommandLine;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain cancel</c>: the undo; the target comes back by slow start.</summary>
internal static class DrainCancelCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "The drain, as `drain list` shows it" };
        var command = new Command("cancel", "Ends a drain; the target comes back step by step") { id };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string drain = context.Parse.GetValue(id)!;
            Result<Admin.ApiAnswer> answer = await context.Api.DeleteAsync("v1/admin/drains/" + Uri.EscapeDataString(drain), cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (!context.IsJson) host.Out.WriteLine($"Drain {Format.Plain(drain)} is cancelled.");
            else if (answer.Value.Body.Length > 0) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            return ExitCode.Done;
        });
        return command;
    }
}
