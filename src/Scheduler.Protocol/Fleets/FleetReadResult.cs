using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Fleets;

/// <summary>What reading a fleet document gave: a fleet, or every problem that it has.</summary>
public sealed class FleetReadResult
{
    internal FleetReadResult(Fleet fleet) => Fleet = fleet;

    internal FleetReadResult(ImmutableArray<DocumentProblem> problems) => Problems = problems;

    /// <summary>The valid fleet in canonical order; null when there are problems.</summary>
    public Fleet? Fleet { get; }

    /// <summary>
    /// Every problem by line and column; empty when there is a fleet. After <see cref="FleetProblems.Limit"/> problems the list is closed by
    /// one that counts the rest.
    /// </summary>
    public ImmutableArray<DocumentProblem> Problems { get; } = [];

    /// <summary>True when there is a fleet.</summary>
    [MemberNotNullWhen(true, nameof(Fleet))]
    public bool IsValid => Fleet is not null;
}
