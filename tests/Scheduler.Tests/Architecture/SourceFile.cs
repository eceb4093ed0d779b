using System.Text.RegularExpressions;

namespace Scheduler.Tests.Architecture;

/// <summary>One C# file.</summary>
/// <param name="Path">From the root of the repository, with slashes.</param>
/// <param name="Lines">Its text.</param>
internal sealed partial record SourceFile(string Path, string[] Lines)
{
    /// <summary>The file's name up to its first dot: <c>JsonCursor</c> of <c>JsonCursor.Scalars.cs</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path).Split('.')[0];

    /// <summary>The namespace that its folder stands for.</summary>
    public string FolderNamespace => System.IO.Path.GetDirectoryName(Path)!.Split('/', 2)[1].Replace('/', '.');

    /// <summary>The namespace that it declares; null when it declares none.</summary>
    public string? Namespace => Lines
        .Select(line => NamespaceLine().Match(line))
        .FirstOrDefault(match => match.Success)?.Groups["name"].Value;

    /// <summary>The types it declares outside of other types. Namespaces are file-scoped, so their declarations begin in the first column.</summary>
    public IEnumerable<string> TopLevelTypes => Lines
        .Select(line => TypeLine().Match(line))
        .Where(match => match.Success)
        .Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^((public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe) )*(class|struct|interface|enum|record( struct| class)?|delegate [\w<>.?]+) (?<name>\w+)")]
    private static partial Regex TypeLine();
}
