using System.CommandLine;

namespace Scheduler.Cli.Geo;

/// <summary><c>geo</c>: everything about the map of cells.</summary>
internal static class GeoCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create(GlobalOptions globals) => new("geo", "Make, check and ask the map of cells")
    {
        GeoBuildCommand.Create(),
        GeoLookupCommand.Create(globals),
        GeoCheckCommand.Create(),
    };
}
