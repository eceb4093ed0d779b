using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.Documents;

/// <summary>What reading a document gave: what it says, or every problem that it has.</summary>
/// <typeparam name="T">What it says: a fleet, a policy.</typeparam>
public sealed class DocumentReadResult<T>
    where T : class
{
    internal DocumentReadResult(T value) => Value = value;

    internal DocumentReadResult(ImmutableArray<DocumentProblem> problems) => Problems = problems;

    /// <summary>What the document says, valid; null when there are problems.</summary>
    public T? Value { get; }

    /// <summary>
    /// Every problem by line and column; empty when the document is valid. After <see cref="FleetProblems.Limit"/> problems the list is closed by
    /// one that counts the rest.
    /// </summary>
    public ImmutableArray<DocumentProblem> Problems { get; } = [];

    /// <summary>True when the document is valid.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;
}
