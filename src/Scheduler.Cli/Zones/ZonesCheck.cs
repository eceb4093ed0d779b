using System.CommandLine;
using Scheduler.Cli.Documents;
using Scheduler.Core.Policies;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Policies;
using Scheduler.Protocol.Zones;

namespace Scheduler.Cli.Zones;

/// <summary><c>zones check FILE</c> and <c>dns check FILE</c>: every problem of a zones file, alone or against a policy file.</summary>
internal static class ZonesCheck
{
    /// <summary>The command. Exit code 0 for valid zones, 1 for zones with problems or a file that cannot be read.</summary>
    /// <param name="verb">Its name.</param>
    /// <param name="globals">Options of every command.</param>
    public static Command Create(string verb, GlobalOptions globals)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Zones file: " + DocumentFile.Forms };
        var policy = new Option<FileInfo?>("--policy")
        {
            Description = "Policy file whose classes steered names may have [default: the names of classes are not looked for]",
            HelpName = "FILE",
        };
        var command = new Command(verb, "Checks a zones file and prints every problem with its line.") { file, policy };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(file), arguments.GetValue(policy), arguments.GetValue(globals.Json),
            arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? policyFile, bool asJson, TextWriter output, TextWriter error)
    {
        Policy? policy = null;
        if (policyFile is not null)
        {
            if (DocumentFile.TryRead(policyFile, error) is not { } bytes) return ExitCode.Failed;
            policy = (DocumentFile.IsJson(policyFile) ? PolicyJson.Read(bytes, null, null) : PolicyYaml.Read(bytes, null, null)).Value;
            if (policy is null)
            {
                error.WriteLine($"{policyFile}: is no valid policy; see policy validate");
                return ExitCode.Failed;
            }
        }
        if (DocumentFile.TryRead(file, error) is not { } document) return ExitCode.Failed;
        DocumentReadResult<ZoneSet> result = DocumentFile.IsJson(file) ? ZonesJson.Read(document, policy) : ZonesYaml.Read(document, policy);
        object? verdict = asJson ? new ZonesVerdict(file.ToString(), result.IsValid, result.Value?.Zones.Length, result.Problems) : null;
        return DocumentFile.Tell(
            file, result, verdict,
            zones => $"{zones.Zones.Length} zones, {zones.Zones.Sum(zone => zone.Records.Length)} records, {zones.Zones.Sum(zone => zone.Steered.Length)} steered names", output);
    }
}
