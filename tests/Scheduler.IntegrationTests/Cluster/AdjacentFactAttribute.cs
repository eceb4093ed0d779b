namespace Scheduler.IntegrationTests.Cluster;

/// <summary>A fact about two versions: skipped where the other one was not built. <c>check.sh</c> builds it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AdjacentFactAttribute : FactAttribute
{
    /// <summary>Names the Scheduler.Server.dll of the version before.</summary>
    private const string Variable = "SCHEDULER_ADJACENT_SERVER";

    /// <summary>Skips the test where there is no such program.</summary>
    public AdjacentFactAttribute()
    {
        if (!File.Exists(Server)) Skip = $"{Variable} does not name the Scheduler.Server.dll of the version before (tests/Scheduler.IntegrationTests/Cluster/adjacent-version)";
    }

    /// <summary>The server of the version before; empty where there is none.</summary>
    internal static string Server => Environment.GetEnvironmentVariable(Variable) ?? "";
}
