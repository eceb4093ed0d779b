using System.CommandLine;
using Scheduler.Cli.Documents;

namespace Scheduler.Cli.Zones;

/// <summary><c>scheduler zones</c>: the names that DNS answers for, as a document.</summary>
internal static class ZonesCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals) =>
        new("zones", "Exports, replaces and checks the zones that DNS answers for: records and steered names")
        {
            DocumentExport.Create(host, globals, "export", "zones"),
            DocumentImport.Create(host, globals, "set", "zones"),
            ZonesCheck.Create("check", globals),
        };
}
