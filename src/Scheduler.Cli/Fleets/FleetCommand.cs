using System.CommandLine;
using Scheduler.Cli.Documents;

namespace Scheduler.Cli.Fleets;

/// <summary><c>scheduler fleet</c>: the fleet as a document.</summary>
internal static class FleetCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("fleet", "Imports, exports, checks and makes up the fleet: regions, sites, nodes, links, tariffs")
        {
            DocumentImport.Create(host, globals, "import", "fleet"),
            DocumentExport.Create(host, globals, "export", "fleet"),
            FleetValidateCommand.Create(globals),
            FleetGenerateCommand.Create(host, globals),
        };
}
