using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys revoke</c>: the key stops working at once and for good.</summary>
internal static class KeysRevokeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "The key, as `keys list` shows it; not the secret" };
        Option<bool> yes = YesOption.Create();
        var command = new Command("revoke", "Ends a key at once and for good") { id, yes };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string key = context.Parse.GetValue(id)!;
            if (key.StartsWith("sk_", StringComparison.Ordinal) || key.StartsWith("pk_", StringComparison.Ordinal))
                return context.Fail("This is a key itself; `scheduler keys list` shows the id to give here.");
            if (!context.Confirm($"Revoke key {Format.Plain(key)}? Who uses it is shut out at once.", context.Parse.GetValue(yes)))
                return context.Fail("Nothing was changed.");
            Result<ApiAnswer> answer = await context.Api.DeleteAsync("v1/admin/keys/" + Uri.EscapeDataString(key), cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (!context.IsJson) host.Out.WriteLine($"Key {Format.Plain(key)} is revoked.");
            else if (answer.Value.Body.Length > 0) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            return ExitCode.Done;
        });
        return command;
    }
}
