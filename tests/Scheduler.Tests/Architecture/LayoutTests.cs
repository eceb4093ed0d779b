namespace Scheduler.Tests.Architecture;

/// <summary>Where things lie in the tree: one type a file, folder = namespace, no file that must be scrolled for long.</summary>
public sealed class LayoutTests
{
    private const int MostLines = 400;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [CheckoutFact]
    public void Every_file_has_at_most_400_lines()
    {
        string[] tooLong = [.. Checkout.SourceFiles()
            .Where(file => file.Lines.Length > MostLines && !LongFiles.ContainsKey(file.Path))
            .Select(file => $"{file.Path}: {file.Lines.Length} lines")];
        Findings.None(tooLong);
    }

    [CheckoutFact]
    public void Every_file_holds_one_type_of_its_name()
    {
        string[] others = [.. Checkout.SourceFiles()
            .Where(file => file.Name is not ("Program" or "AssemblyInfo"))
            .Where(file => !file.TopLevelTypes.SequenceEqual([file.Name]))
            .Select(file => $"{file.Path}: {string.Join(", ", file.TopLevelTypes)}")];
        Findings.None(others);
    }

    [CheckoutFact]
    public void Every_namespace_is_that_of_its_folder()
    {
        string[] others = [.. Checkout.SourceFiles()
            .Where(file => file.Namespace is { } name && name != file.FolderNamespace)
            .Select(file => $"{file.Path}: {file.Namespace}")];
        Findings.None(others);
    }
}
