using System.CommandLine;
using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain start</c>: from now on nothing is sent to the target, until the drain ends or is cancelled.</summary>
internal static class DrainStartCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var target = new Argument<string>("TARGET") { Description = "A site (lon1), a node (node:lon1-03) or labels (rack=r7,zone=a)" };
        target.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && DrainTargetText.Parse(result.Tokens[0].Value) is null)
                result.AddError($"TARGET: '{result.Tokens[0].Value}' is no site, node:ID or key=value[,key=value].");
        });
        var reason = new Option<string>("--reason") { Description = "Why; kept with the revision", HelpName = "R", Required = true };
        Option<TimeSpan?> length = DurationOption.Optional("--for", "How long, such as 2h; the drain then ends by itself");
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "Until when, such as 2026-03-01T06:00Z",
            HelpName = "T",
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset t))
                    return t.ToUniversalTime();
                result.AddError($"--until: '{result.Tokens[0].Value}' is no moment; write it as 2026-03-01T06:00Z.");
                return null;
            },
        };
        var force = new Option<bool>("--force") { Description = "Even when a guard says no" };
        Option<bool> yes = YesOption.Create();
        var command = new Command("start", "Sends nothing more to a target") { target, reason, length, until, force, yes };
        command.Validators.Add(result =>
        {
            bool hasLength = result.GetResult(length) is { Implicit: false }, hasEnd = result.GetResult(until) is { Implicit: false };
            if (hasLength == hasEnd) result.AddError("Say when the drain ends: either --for 2h or --until T.");
        });
        command.Runs(host, globals, async (context, cancellation) =>
        {
            DrainOrder.TargetBody body = DrainTargetText.Parse(context.Parse.GetValue(target)!)!;
            DateTimeOffset now = host.Time.GetUtcNow();
            DateTimeOffset expires = context.Parse.GetValue(until) ?? now + context.Parse.GetValue(length)!.Value;
            if (expires <= now) return context.Fail("--until: this moment has passed.");
            string name = Format.Plain(body.Site ?? body.Node ?? body.Selector);
            if (!context.Confirm($"Drain {name} of {context.Url.Authority} for {Format.Duration(expires - now)}?", context.Parse.GetValue(yes)))
                return context.Fail("Nothing was changed.");

            var order = new DrainOrder(body, context.Parse.GetValue(reason)!, expires, context.Parse.GetValue(force) ? true : null);
            Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/drains", order, AdminJson.Default.DrainOrder, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            Result<DrainRow> drain = answer.Value.Read(AdminJson.Default.DrainRow);
            string id = Format.Plain(drain.Value?.Id);
            host.Out.WriteLine($"Drain {id} of {name} until {expires.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}.");
            host.Out.WriteLine($"Watch it with `scheduler drain watch {id}`; undo it with `scheduler drain cancel {id}`.");
            return ExitCode.Done;
        });
        return command;
    }
}
