using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Protocol.Documents;

namespace Scheduler.Cli.Documents;

/// <summary>A document in a file of the operator's, and what is said of it.</summary>
internal static class DocumentFile
{
    /// <summary>What the argument for such a file says of its form.</summary>
    public const string Forms = "JSON when its name ends in .json, else YAML.";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>True when the file's name says JSON.</summary>
    public static bool IsJson(FileInfo file) => file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes of a file; null when it cannot be read, and then it is said why.</summary>
    public static byte[]? TryRead(FileInfo file, TextWriter error)
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

    /// <summary>Prints the verdict on a document: as JSON, as what it amounts to, or as its problems, a line each.</summary>
    /// <param name="file">The file.</param>
    /// <param name="result">What reading it gave.</param>
    /// <param name="verdict">What is printed as JSON; null for people.</param>
    /// <param name="summary">What a valid document amounts to, for people.</param>
    /// <param name="output">Takes it.</param>
    /// <returns>The exit code.</returns>
    public static int Tell<T>(FileInfo file, DocumentReadResult<T> result, object? verdict, Func<T, string> summary, TextWriter output)
        where T : class
    {
        if (verdict is not null) output.WriteLine(JsonSerializer.Serialize(verdict, Json));
        else if (result.IsValid) output.WriteLine($"{file}: valid: {summary(result.Value)}");
        else
        {
            foreach (DocumentProblem problem in result.Problems)
                output.WriteLine($"{file}:{problem.Line}:{problem.Column} {(problem.Field.Length == 0 ? "document" : problem.Field)}: {problem.Reason}");
        }
        return result.IsValid ? ExitCode.Done : ExitCode.Failed;
    }
}
