using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Policies;

/// <summary>What reading a policy document gave: a policy, or every problem that it has.</summary>
public sealed class PolicyReadResult
{
    internal PolicyReadResult(Policy policy) => Policy = policy;

    internal PolicyReadResult(ImmutableArray<DocumentProblem> problems) => Problems = problems;

    /// <summary>The valid policy; null when there are problems.</summary>
    public Policy? Policy { get; }

    /// <summary>
    /// Every problem by line and column; empty when there is a policy. After <see cref="FleetProblems.Limit"/> problems the list is closed by
    /// one that counts the rest.
    /// </summary>
    public ImmutableArray<DocumentProblem> Problems { get; } = [];

    /// <summary>True when there is a policy.</summary>
    [MemberNotNullWhen(true, nameof(Policy))]
    public bool IsValid => Policy is not null;
}
