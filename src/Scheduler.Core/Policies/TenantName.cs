using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Names of tenants: keys carry them, and classes of streams go by them.</summary>
public static class TenantName
{
    /// <summary>What a name must be, as a reason.</summary>
    public static string Reason { get; } = CommonRules.IdReason(PolicyLimits.IdLength);

    /// <summary>True for 1 to <see cref="PolicyLimits.IdLength"/> of <c>a-z 0-9 -</c>, beginning with a letter or digit.</summary>
    /// <param name="text">The text.</param>
    public static bool IsValid(string text) => FleetText.IsId(text, PolicyLimits.IdLength);
}
