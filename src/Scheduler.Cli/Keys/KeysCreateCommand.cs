using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys create</c>: the one command that prints a secret, once.</summary>
internal static class KeysCreateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var kind = new Option<string>("--kind") { Description = "What the key may do", Required = true };
        kind.AcceptOnlyFromAmong("player", "backend", "reporter", "viewer", "operator", "admin");
        var name = new Option<string>("--name") { Description = "Whose it is, for people", HelpName = "N", Required = true };
        var sites = new Option<string?>("--sites") { Description = "For a reporter: its sites, separated by commas", HelpName = "a,b" };
        var tenant = new Option<string?>("--tenant") { Description = "For a player or backend: the tenant whose streams it asks for", HelpName = "T" };
        var command = new Command("create", "Makes a key and prints it, this once") { kind, name, sites, tenant };
        command.Validators.Add(result =>
        {
            // By the words typed: a value that is none of the accepted ones cannot be asked for, and has its own error already.
            bool isReporter = result.GetResult(kind)?.Tokens is [{ Value: "reporter" }], hasSites = result.GetResult(sites) is { Implicit: false };
            if (hasSites && !isReporter) result.AddError("--sites: only a key of kind reporter is bound to sites.");
            if (isReporter && !hasSites) result.AddError("--sites: a key of kind reporter is bound to sites; name them.");
        });
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string[]? bound = context.Parse.GetValue(sites)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var order = new KeyOrder(context.Parse.GetValue(kind)!, context.Parse.GetValue(name)!, bound, context.Parse.GetValue(tenant));
            Result<ApiAnswer> answer = await context.Api.PostAsync("v1/admin/keys", order, AdminJson.Default.KeyOrder, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.IsJson)
            {
                host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
                return ExitCode.Done;
            }
            Result<KeyRow> made = answer.Value.Read(AdminJson.Default.KeyRow);
            if (!made.IsOk) return context.Fail(made.Problem);
            host.Error.WriteLine($"Key {Format.Plain(made.Value.Id)} ({order.Kind}, {Format.Plain(order.Name)}). It is shown this once; keep it safe:");
            host.Out.WriteLine(Format.Plain(made.Value.Key)); // alone on standard output, so that a script can take it
            return ExitCode.Done;
        });
        return command;
    }
}
