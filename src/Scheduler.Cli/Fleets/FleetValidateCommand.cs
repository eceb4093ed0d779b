using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Cli.Fleets;

/// <summary><c>fleet validate FILE</c>: every problem of a fleet file, or what the fleet amounts to.</summary>
internal static class FleetValidateCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The command. Exit code 0 for a valid fleet, 1 for one with problems or a file that cannot be read.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Fleet file: JSON when its name ends in .json, else YAML." };
        var command = new Command("validate", "Checks a fleet file and prints every problem with its line.") { file };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(file), arguments.GetValue(globals.Json),
            arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(FileInfo file, bool asJson, TextWriter output, TextWriter error)
    {
        byte[] document;
        try
        {
            document = File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{file}: {e.Message}");
            return 1;
        }

        FleetReadResult result = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? FleetJson.Read(document)
            : FleetYaml.Read(document);
        if (asJson) output.WriteLine(JsonSerializer.Serialize(FleetVerdict.Of(file.ToString(), result), Json));
        else if (result.IsValid) output.WriteLine($"{file}: {Summary(FleetSummary.Of(result.Fleet))}");
        else WriteProblems(file, result, output);
        return result.IsValid ? 0 : 1;
    }

    private static void WriteProblems(FileInfo file, FleetReadResult result, TextWriter output)
    {
        foreach (DocumentProblem problem in result.Problems)
        {
            string field = problem.Field.Length == 0 ? "document" : problem.Field;
            output.WriteLine($"{file}:{problem.Line}:{problem.Column} {field}: {problem.Reason}");
        }
    }

    private static string Summary(FleetSummary fleet) =>
        $"valid: {fleet.Regions} regions, {fleet.Idcs} IDCs, {fleet.Pops} PoPs, {fleet.Nodes} nodes, {new BitRate(fleet.CapacityBps)}";
}
