namespace Scheduler.Tests.Architecture;

/// <summary>The source tree that these tests were built from, found from where they run.</summary>
internal static class Checkout
{
    /// <summary>The root of the repository; null where the tests run without their sources.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Every C# file of <c>src</c> and <c>tests</c> that people wrote.</summary>
    public static IEnumerable<SourceFile> SourceFiles() =>
        from folder in (string[])["src", "tests"]
        from path in Directory.EnumerateFiles(Path.Combine(Root!, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root!, path).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        orderby relative
        select new SourceFile(relative, File.ReadAllLines(path));

    /// <summary>Every document for people, by its path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Documents() =>
        from path in Directory.EnumerateFiles(Root!, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root!, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root!, "geo-data"), "*.md"))
        orderby path
        select (Path.GetRelativePath(Root!, path).Replace('\\', '/'), File.ReadAllText(path));

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Scheduler.sln"))) return at.FullName;
        return null;
    }
}
