using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;

namespace Scheduler.State;

/// <summary>Keeps fleet and policy fit for each other: a fence that names a site which is gone would bar or allow something else than was meant.</summary>
public static class PolicyFit
{
    /// <summary>The refusal of a change after which the policy would name what the fleet does not have; null when all is well.</summary>
    /// <param name="policy">The policy as it would be.</param>
    /// <param name="fleet">The fleet as it would be.</param>
    public static ConfigurationEdit? Refusal(Policy policy, Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ImmutableArray<FleetProblem> problems = PolicyValidator.Validate(policy, fleet, map: null);
        return problems.IsEmpty ? null : new ConfigurationEdit.Refuse(new ConfigurationRefusal(
            ConfigurationRefusalKind.Invalid,
            "the policy names what the fleet does not have",
            [.. problems.Select(problem => new ConfigurationProblem($"policy.{problem.Field}", problem.Reason))]));
    }
}
