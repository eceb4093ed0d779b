using System.Collections.Immutable;
using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Policies;

/// <summary>The weights that a policy, or a class of streams in it, sets; what is not set is as it would be without them.</summary>
/// <param name="Values">By the name of the <see cref="PolicyWeight"/>, ordinal.</param>
/// <param name="PriceCommits">
/// Whether bandwidth billed by the 95th percentile is priced beyond its commit only; null when not set. For the whole policy: a class has none.
/// </param>
public sealed record PolicyWeights(ImmutableSortedDictionary<string, double> Values, bool? PriceCommits)
{
    /// <summary>Sets nothing.</summary>
    public static PolicyWeights None { get; } = new(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), null);

    /// <summary>True when nothing is set.</summary>
    public bool IsEmpty => Values.IsEmpty && PriceCommits is null;

    /// <summary>The weights laid over rules: member by member, what is set wins.</summary>
    /// <param name="below">What holds where nothing is set.</param>
    public DispatchPolicy Over(DispatchPolicy below)
    {
        ArgumentNullException.ThrowIfNull(below);
        DispatchPolicy rules = PriceCommits is { } commits ? below with { Cost = below.Cost with { PriceCommits = commits } } : below;
        foreach ((string name, double value) in Values)
            if (PolicyWeight.Find(name) is { } weight) rules = weight.With(rules, value);
        return rules;
    }
}
