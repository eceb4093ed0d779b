using System.CommandLine;

namespace Scheduler.Cli.Steering;

/// <summary><c>scheduler steering</c>: what players are steered by.</summary>
internal static class SteeringCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("steering", "Content Steering: what a packager writes into playlists and MPDs") { SteeringTagCommand.Create(host, globals) };
}
