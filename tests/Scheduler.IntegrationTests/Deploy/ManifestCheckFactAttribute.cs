namespace Scheduler.IntegrationTests.Deploy;

/// <summary>A fact about manifests by the schemas of Kubernetes: skipped where nothing here has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ManifestCheckFactAttribute : FactAttribute
{
    /// <summary>Names a script for node that reads manifests, prints a line for each (<c>ok apps/v1 StatefulSet</c>), and ends with 0 when all are valid.</summary>
    public const string Variable = "SCHEDULER_MANIFEST_CHECK";

    /// <summary>Skips the test where renderer, script or node lack.</summary>
    public ManifestCheckFactAttribute() => Skip =
        new ChartFactAttribute().Skip is { } lacking ? lacking
        : !File.Exists(Script) ? $"{Variable} does not name a script"
        : Tool.OnPath("node") is null ? "node is not on the path"
        : null;

    /// <summary>The script.</summary>
    public static string Script => Environment.GetEnvironmentVariable(Variable) ?? "";
}
