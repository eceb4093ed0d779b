using System.CommandLine;
using Scheduler.Cli.Documents;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Protocol.Policies;

namespace Scheduler.Cli.Policies;

/// <summary><c>policy validate FILE</c>: every problem of a policy file, alone or against a fleet file.</summary>
internal static class PolicyValidateCommand
{
    /// <summary>The command. Exit code 0 for a valid policy, 1 for one with problems or a file that cannot be read.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Policy file: " + DocumentFile.Forms };
        var fleet = new Option<FileInfo?>("--fleet")
        {
            Description = "Fleet file that it must fit [default: the names of sites, regions and tariffs are not looked for]",
            HelpName = "FILE",
        };
        var command = new Command("validate", "Checks a policy file and prints every problem with its line.") { file, fleet };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(file), arguments.GetValue(fleet), arguments.GetValue(globals.Json),
            arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? fleetFile, bool asJson, TextWriter output, TextWriter error)
    {
        Fleet? fleet = null;
        if (fleetFile is not null)
        {
            if (DocumentFile.TryRead(fleetFile, error) is not { } bytes) return ExitCode.Failed;
            fleet = (DocumentFile.IsJson(fleetFile) ? FleetJson.Read(bytes) : FleetYaml.Read(bytes)).Value;
            if (fleet is null)
            {
                error.WriteLine($"{fleetFile}: is no valid fleet; see fleet validate");
                return ExitCode.Failed;
            }
        }
        if (DocumentFile.TryRead(file, error) is not { } document) return ExitCode.Failed;
        DocumentReadResult<Policy> result = DocumentFile.IsJson(file) ? PolicyJson.Read(document, fleet, map: null) : PolicyYaml.Read(document, fleet, map: null);
        object? verdict = asJson
            ? new PolicyVerdict(file.ToString(), result.IsValid, result.Value?.Fences.Length, result.Value?.Classes.Length, result.Problems)
            : null;
        return DocumentFile.Tell(file, result, verdict, policy => $"{policy.Fences.Length} fences, {policy.Classes.Length} classes of streams", output);
    }
}
