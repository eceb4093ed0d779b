using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys site</c>: what the edges of one site need to verify the tickets that players bring.</summary>
internal static class KeysSiteCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "The site" };
        var command = new Command("site", "Prints the keys with which the edges of a site verify tickets") { id };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = $"v1/admin/sites/{Uri.EscapeDataString(context.Parse.GetValue(id)!)}/ticket-keys";
            Result<ApiAnswer> answer = await context.Api.GetAsync(path, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            Result<TicketKeyList> keys = answer.Value.Read(AdminJson.Default.TicketKeyList);
            if (!keys.IsOk) return context.Fail(keys.Problem);
            host.Error.WriteLine(
                $"Ticket keys of site {Format.Plain(keys.Value.Site)}, number {keys.Value.Number}: id and secret. Give them to this site alone:");
            foreach (TicketKeyRow key in keys.Value.Keys ?? []) // alone on standard output, so that a script can take them
                host.Out.WriteLine($"{key.Id} {Format.Plain(key.Key)}{(key.Current == true ? " current" : "")}");
            return ExitCode.Done;
        });
        return command;
    }
}
