using System.CommandLine;
using System.Globalization;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys rotate</c>: a new master key of tokens and tickets; what the old one made holds until it has expired.</summary>
internal static class KeysRotateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var reason = new Option<string>("--reason") { Description = "Why; goes into the log", HelpName = "R", Required = true };
        var command = new Command("rotate", "Makes a new master key of tokens and tickets, which signs ten minutes later") { reason };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            var body = new ReasonBody(context.Parse.GetValue(reason));
            Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/token-keys:rotate", body, AdminJson.Default.ReasonBody, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            Result<TokenKeyRow> made = answer.Value.Read(AdminJson.Default.TokenKeyRow);
            if (!made.IsOk) return context.Fail(made.Problem);
            string from = made.Value.SignsFrom?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "later";
            host.Out.WriteLine($"Token key {made.Value.Id} is made and signs from {from}. Every site must have its new ticket key by then: `scheduler keys site ID`.");
            return ExitCode.Done;
        });
        return command;
    }
}
