namespace Scheduler.IntegrationTests.Deploy;

/// <summary>The source tree that the tests were built from, found from where they run.</summary>
internal static class Checkout
{
    /// <summary>The root of the repository; null where the tests run without their sources.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The chart's folder.</summary>
    public static string Chart => PathOf("deploy/helm/scheduler");

    /// <summary>The example values, by name.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["minimal", "production", "restricted"];

    /// <summary>Where a file of the repository is.</summary>
    public static string PathOf(string relative) => Path.Combine(Root!, relative);

    /// <summary>The file of an example.</summary>
    public static string Example(string name) => PathOf($"deploy/helm/examples/{name}.yaml");

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Scheduler.sln"))) return at.FullName;
        return null;
    }
}
