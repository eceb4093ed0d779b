using System.CommandLine;

namespace Scheduler.Cli.Drains;

/// <summary><c>scheduler drain</c>: takes sites and nodes out of service, and back.</summary>
internal static class DrainCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("drain", "Takes sites and nodes out of service for a while, and back")
        {
            DrainPreviewCommand.Create(host, globals),
            DrainStartCommand.Create(host, globals),
            DrainCancelCommand.Create(host, globals),
            DrainListCommand.Create(host, globals),
            DrainWatchCommand.Create(host, globals),
        };
}
