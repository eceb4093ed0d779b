namespace Scheduler.Tests.Core.Geo;

/// <summary>
/// A test over the format's public test files. They are not part of this project: without them it reports itself skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MaxMindFactAttribute : FactAttribute
{
    public const string Variable = "SCHEDULER_MAXMIND_TEST_DATA";

    public MaxMindFactAttribute()
    {
        if (!System.IO.Directory.Exists(Folder)) Skip = $"{Variable} does not name a checkout of maxmind/MaxMind-DB";
    }

    public static string Folder => Environment.GetEnvironmentVariable(Variable) ?? "";
}
