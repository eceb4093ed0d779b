using System.CommandLine;
using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain start</c>: from now on nothing is sent to the target, until the drain ends or is cancelled.</summary>
internal static class DrainStartCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Argument<string> target = DrainTargetArgument.Create();
        var reason = new Option<string>("--reason") { Description = "Why; kept with the revision", HelpName = "R", Required = true };
        var end = new DrainEnd();
        var pace = new DrainPace();
        var force = new Option<bool>("--force") { Description = "Even when a guard says no; the revision tells" };
        var local = new Option<bool>("--local") { Description = "Break-glass: this replica takes it by itself, whether or not the store can be reached; it becomes a revision when it can" };
        Option<bool> yes = YesOption.Create();
        var command = new Command("start", "Sends nothing more to a target; shows a person what that does, and asks (exit code 3: a guard refuses it)") { target, reason, force, local, yes };
        end.AddTo(command);
        pace.AddTo(command);
        command.Runs(host, globals, async (context, cancellation) =>
        {
            DrainOrder.TargetBody body = DrainTargetText.Parse(context.Parse.GetValue(target)!)!;
            DateTimeOffset now = host.Time.GetUtcNow(), starts = pace.Start(context.Parse) ?? now, expires = end.Read(context.Parse, starts, out bool isUsual);
            if (expires <= now) return context.Fail("--until: this moment has passed.");
            string name = DrainTargetText.NameOf(body), length = Format.Duration(expires - starts);
            bool isAsked = !context.Parse.GetValue(yes) && host.IsInteractive && !context.IsJson;
            string? preview = isAsked ? await ShowAsync(context, body, expires, cancellation) : null;
            if (!context.Confirm($"Drain {name} of {context.Url.Authority} for {length}?", context.Parse.GetValue(yes)))
                return context.Fail("Nothing was changed.");

            var order = new DrainOrder(body, context.Parse.GetValue(reason)!, expires, preview, context.Parse.GetValue(force) ? true : null)
            {
                StartsAt = pace.Start(context.Parse),
                RampS = pace.RampS(context.Parse),
                Deadline = pace.Deadline(context.Parse, starts),
                Local = context.Parse.GetValue(local) ? true : null,
            };
            Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/drains", order, AdminJson.Default.DrainOrder, cancellation);
            if (!answer.IsOk) return Fail(context, answer.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            Result<DrainRow> drain = answer.Value.Read(AdminJson.Default.DrainRow);
            string id = Format.Plain(drain.Value?.Id);
            string usual = isUsual ? $" ({length}, as neither --for nor --until was given)" : "";
            host.Out.WriteLine($"Drain {id} of {name} until {expires.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}{usual}.");
            if (drain.Value?.Local == true) host.Out.WriteLine("It holds at this replica and at the peers that it reaches; a revision tells of it once the store can be reached.");
            host.Out.WriteLine($"Watch it with `scheduler drain watch {id}`; undo it with `scheduler drain cancel {id}`.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Shows what the drain would do.</summary>
    /// <returns>Id of the preview; null where there is none to be had, which is no reason not to drain.</returns>
    private static async Task<string?> ShowAsync(CommandContext context, DrainOrder.TargetBody target, DateTimeOffset expires, CancellationToken cancellation)
    {
        var order = new DrainPreviewOrder(target, expires);
        Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/drains:preview", order, AdminJson.Default.DrainPreviewOrder, cancellation);
        Result<DrainPreviewRow> preview = answer.IsOk ? answer.Value.Read(AdminJson.Default.DrainPreviewRow) : answer.Problem;
        if (preview.IsOk) DrainPreviewText.Draw(preview.Value, DrainTargetText.NameOf(target), context.Console);
        else context.Host.Error.WriteLine($"No preview: {Format.Plain(preview.Problem.Detail ?? preview.Problem.Title)}");
        return preview.Value?.PreviewId;
    }

    private static int Fail(CommandContext context, SchedulerProblem problem)
    {
        int code = context.Fail(problem);
        return problem.Type == ProblemType.Of(ProblemKind.DrainWouldExceedCapacity).Uri ? ExitCode.Guarded : code;
    }
}
