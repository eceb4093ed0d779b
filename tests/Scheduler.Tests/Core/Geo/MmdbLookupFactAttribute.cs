namespace Scheduler.Tests.Core.Geo;

/// <summary>A test against libmaxminddb's <c>mmdblookup</c> over the format's public test files; skipped where either is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MmdbLookupFactAttribute : FactAttribute
{
    public MmdbLookupFactAttribute() => Skip =
        !Directory.Exists(MaxMindFactAttribute.Folder) ? $"{MaxMindFactAttribute.Variable} does not name a checkout of maxmind/MaxMind-DB"
        : Program is null ? "mmdblookup is not installed (Debian: mmdb-bin)"
        : null;

    /// <summary>Where the program is; null when it is nowhere on the path.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "mmdblookup"))
        .FirstOrDefault(File.Exists);
}
