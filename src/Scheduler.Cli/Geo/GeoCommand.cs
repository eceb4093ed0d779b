using System.CommandLine;

namespace Scheduler.Cli.Geo;

/// <summary><c>geo</c>: everything about the map of cells.</summary>
public static class GeoCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("geo", "Make, check and ask the map of cells")
    {
        GeoBuildCommand.Create(),
        GeoLookupCommand.Create(),
        GeoCheckCommand.Create(),
    };
}
