using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Protocol.Policies;

namespace Scheduler.Cli.Policies;

/// <summary><c>policy validate FILE</c>: every problem of a policy file, alone or against a fleet file.</summary>
internal static class PolicyValidateCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The command. Exit code 0 for a valid policy, 1 for one with problems or a file that cannot be read.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Policy file: JSON when its name ends in .json, else YAML." };
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
            if (TryRead(fleetFile, error) is not { } bytes) return ExitCode.Failed;
            FleetReadResult reading = IsJson(fleetFile) ? FleetJson.Read(bytes) : FleetYaml.Read(bytes);
            if (reading.Fleet is not { } valid)
            {
                error.WriteLine($"{fleetFile}: is no valid fleet; see fleet validate");
                return ExitCode.Failed;
            }
            fleet = valid;
        }
        if (TryRead(file, error) is not { } document) return ExitCode.Failed;
        PolicyReadResult result = IsJson(file) ? PolicyJson.Read(document, fleet, map: null) : PolicyYaml.Read(document, fleet, map: null);
        if (asJson)
        {
            var verdict = new PolicyVerdict(file.ToString(), result.IsValid, result.Policy?.Fences.Length, result.Policy?.Classes.Length, result.Problems);
            output.WriteLine(JsonSerializer.Serialize(verdict, Json));
        }
        else if (result.IsValid)
        {
            output.WriteLine($"{file}: valid: {result.Policy.Fences.Length} fences, {result.Policy.Classes.Length} classes of streams");
        }
        else
        {
            foreach (DocumentProblem problem in result.Problems)
                output.WriteLine($"{file}:{problem.Line}:{problem.Column} {(problem.Field.Length == 0 ? "document" : problem.Field)}: {problem.Reason}");
        }
        return result.IsValid ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool IsJson(FileInfo file) => file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase);

    private static byte[]? TryRead(FileInfo file, TextWriter error)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{file}: {e.Message}");
            return null;
        }
    }
}
