using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Revisions;

/// <summary><c>scheduler rollback</c>: makes an old revision the newest again. A person is shown what it would change before he is asked.</summary>
internal static class RollbackCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var revision = new Argument<long>("N") { Description = "The revision to go back to, as `revisions` shows it" };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the new revision", HelpName = "R" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would change, and what the planner expects" };
        Option<bool> yes = YesOption.Create();
        var command = new Command("rollback", "Makes an old revision the present one again, as a new revision") { revision, reason, dryRun, yes };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            long n = context.Parse.GetValue(revision);
            string path = $"v1/admin/revisions/{n}:rollback";
            bool dry = context.Parse.GetValue(dryRun), agreed = context.Parse.GetValue(yes);
            if (dry || (host.IsInteractive && !agreed && !context.IsJson))
            {
                Result<ApiAnswer> foreseen = await context.Api.PostAsync(path + "?dry_run=true", content: null, cancellation);
                if (!foreseen.IsOk) return context.Fail(foreseen.Problem);
                if (DryRunText.Show(context, foreseen.Value) is { } problem) return context.Fail(problem);
                if (dry) return ExitCode.Done;
            }
            if (!context.Confirm($"Set {context.Url.Authority} back to revision {n}?", agreed)) return context.Fail("Nothing was changed.");
            Result<ApiAnswer> answer = context.Parse.GetValue(reason) is { } why
                ? await context.Api.PostAsync(path, new ReasonBody(why), AdminJson.Default.ReasonBody, cancellation)
                : await context.Api.PostAsync(path, content: null, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else host.Out.WriteLine($"Back to what revision {n} was. `scheduler revisions` shows the new one.");
            return ExitCode.Done;
        });
        return command;
    }
}
