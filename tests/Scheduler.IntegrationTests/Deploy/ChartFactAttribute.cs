namespace Scheduler.IntegrationTests.Deploy;

/// <summary>A fact about the rendered chart: skipped where nothing here can render one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChartFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there is no renderer.</summary>
    public ChartFactAttribute() => Skip =
        Checkout.Root is null ? "the tests run without their sources: no Scheduler.sln at or above them"
        : ChartRenderer.IsThere ? null
        : $"no chart can be rendered: {ChartRenderer.Variable} names no program, and helm is not on the path";
}
