using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain preview</c>: what a drain would do, in numbers; changes nothing.</summary>
internal static class DrainPreviewCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Argument<string> target = DrainTargetArgument.Create();
        var end = new DrainEnd();
        var command = new Command("preview", "Tells what a drain would do and whether it would be taken (exit code 3: it would not)") { target };
        end.AddTo(command);
        command.Runs(host, globals, async (context, cancellation) =>
        {
            DrainOrder.TargetBody body = DrainTargetText.Parse(context.Parse.GetValue(target)!)!;
            var order = new DrainPreviewOrder(body, end.Read(context.Parse, host.Time.GetUtcNow(), out _));
            Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/drains:preview", order, AdminJson.Default.DrainPreviewOrder, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<DrainPreviewRow> preview = answer.Value.Read(AdminJson.Default.DrainPreviewRow);
            if (!preview.IsOk) return context.Fail(preview.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else DrainPreviewText.Draw(preview.Value, DrainTargetText.NameOf(body), context.Console);
            return preview.Value.Refusals is { Count: > 0 } ? ExitCode.Guarded : ExitCode.Done;
        });
        return command;
    }
}
