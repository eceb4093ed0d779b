namespace Scheduler.Tests.Core.Geo;

/// <summary>A test against <c>mmdblookup</c> over real databases: a file, or all of a folder. Skipped where either is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDatabaseFactAttribute : FactAttribute
{
    public const string Variable = "SCHEDULER_MMDB_REAL";

    public RealDatabaseFactAttribute() => Skip =
        Files.Length == 0 ? $"{Variable} does not name a MaxMind DB or a folder of them"
        : MmdbLookupFactAttribute.Program is null ? "mmdblookup is not installed (Debian: mmdb-bin)"
        : null;

    /// <summary>The databases, by name.</summary>
    public static string[] Files { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        { } folder when Directory.Exists(folder) => [.. Directory.GetFiles(folder, "*.mmdb").Order(StringComparer.Ordinal)],
        { } file when File.Exists(file) => [file],
        _ => [],
    };
}
