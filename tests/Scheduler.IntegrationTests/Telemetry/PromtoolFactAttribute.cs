using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Telemetry;

/// <summary>A fact that Prometheus' own tool judges: skipped where there is none, or no checkout.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromtoolFactAttribute : FactAttribute
{
    /// <summary>Skips the test where the tool lacks.</summary>
    public PromtoolFactAttribute() => Skip = new CheckoutFactAttribute().Skip ?? (Tool.OnPath("promtool") is null ? "promtool is not on the path (Debian's package prometheus)" : null);
}
