using System.CommandLine;

namespace Scheduler.Cli.Keys;

/// <summary><c>scheduler keys</c>: who may call.</summary>
internal static class KeysCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("keys", "Makes, shows and revokes API keys; prints the ticket keys of a site; rotates what they come from; gives a lost admin key back")
        {
            KeysCreateCommand.Create(host, globals),
            KeysListCommand.Create(host, globals),
            KeysRevokeCommand.Create(host, globals),
            KeysSiteCommand.Create(host, globals),
            KeysRotateCommand.Create(host, globals),
            KeysRecoverCommand.Create(host, globals),
        };
}
