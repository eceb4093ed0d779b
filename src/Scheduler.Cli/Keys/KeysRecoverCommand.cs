using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.State.Keys;
using Scheduler.State.Ports;
using Scheduler.Storage;

namespace Scheduler.Cli.Keys;

/// <summary>
/// <c>scheduler keys recover</c>: a new admin key for whoever may write the store. The one command that goes to the store and not to a
/// scheduler, which may run meanwhile.
/// </summary>
internal static class KeysRecoverCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<string?> store = StoreOption.Create();
        var revokeOthers = new Option<bool>("--revoke-others") { Description = "Revoke every other admin key" };
        Option<bool> yes = YesOption.Create();
        var command = new Command("recover", "On the machine of the store: makes a new admin key when none is left, and prints it, this once")
        {
            store, revokeOthers, yes,
        };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            bool revokes = context.Parse.GetValue(revokeOthers);
            if (revokes && !context.Confirm("Revoke every other admin key? Who uses one is shut out within seconds.", context.Parse.GetValue(yes)))
                return context.Fail("Nothing was changed.");
            try
            {
                await using Stores stores = StoreAddress.OpenExisting(StoreOption.AddressOf(context, store));
                Print(host, context.IsJson, await AdminKeyRecovery.RecoverAsync(stores.Keys, host.Time.GetUtcNow(), revokes, cancellation));
                return ExitCode.Done;
            }
            catch (StoreException fault)
            {
                return context.Fail(fault.Message);
            }
        });
        return command;
    }

    private static void Print(CliHost host, bool asJson, RecoveredKey made)
    {
        if (asJson)
        {
            var row = new RecoveredKeyRow(made.Key.Id, made.Key.Name, made.Secret, [.. made.Revoked.Select(key => key.Id)]);
            host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(row, AdminJson.Default.RecoveredKeyRow)));
            return;
        }
        foreach (ApiKey key in made.Revoked) host.Error.WriteLine($"Revoked admin key {key.Id} ({Format.Plain(key.Name)}).");
        host.Error.WriteLine($"Admin key {made.Key.Id} ({made.Key.Name}). A running scheduler takes it within 5 s. It is shown this once; keep it safe:");
        host.Out.WriteLine(made.Secret); // alone on standard output, so that a script can take it
    }
}
