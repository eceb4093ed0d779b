using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;

namespace Scheduler.State;

/// <summary>Keeps policy and zones fit for each other: a steered name whose class is gone would be decided without its fences.</summary>
public static class ZonesFit
{
    /// <summary>The refusal of a change after which zones would name classes that the policy does not have; null when all is well.</summary>
    /// <param name="zones">The zones as they would be.</param>
    /// <param name="policy">The policy as it would be.</param>
    public static ConfigurationEdit? Refusal(ZoneSet zones, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ImmutableArray<FleetProblem> problems = ZonesValidator.Validate(zones, policy);
        return problems.IsEmpty ? null : new ConfigurationEdit.Refuse(new ConfigurationRefusal(
            ConfigurationRefusalKind.Invalid,
            "zones name what the policy does not have",
            [.. problems.Select(problem => new ConfigurationProblem(problem.Field, problem.Reason))]));
    }
}
