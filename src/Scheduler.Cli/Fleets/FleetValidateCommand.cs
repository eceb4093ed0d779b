using System.CommandLine;
using Scheduler.Cli.Documents;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Cli.Fleets;

/// <summary><c>fleet validate FILE</c>: every problem of a fleet file, or what the fleet amounts to.</summary>
internal static class FleetValidateCommand
{
    /// <summary>The command. Exit code 0 for a valid fleet, 1 for one with problems or a file that cannot be read.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Fleet file: " + DocumentFile.Forms };
        var command = new Command("validate", "Checks a fleet file and prints every problem with its line.") { file };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(file), arguments.GetValue(globals.Json),
            arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(FileInfo file, bool asJson, TextWriter output, TextWriter error)
    {
        if (DocumentFile.TryRead(file, error) is not { } document) return ExitCode.Failed;
        DocumentReadResult<Fleet> result = DocumentFile.IsJson(file) ? FleetJson.Read(document) : FleetYaml.Read(document);
        return DocumentFile.Tell(
            file, result, asJson ? FleetVerdict.Of(file.ToString(), result) : null, fleet => Summary(FleetSummary.Of(fleet)), output);
    }

    private static string Summary(FleetSummary fleet) =>
        $"{fleet.Regions} regions, {fleet.Idcs} IDCs, {fleet.Pops} PoPs, {fleet.Nodes} nodes, {new BitRate(fleet.CapacityBps)}";
}
