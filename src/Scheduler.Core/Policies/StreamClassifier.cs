using System.Collections.Immutable;

namespace Scheduler.Core.Policies;

/// <summary>Tells the class of a stream: the lookup form of a policy's classes. Immutable.</summary>
/// <remarks>
/// Of the rules that fit, the one whose pattern has the most characters holds; then a name before a pattern with stars; then one for the caller's tenant before
/// one for anybody. A class of tenants without patterns is as if its pattern were <c>*</c>.
/// </remarks>
public sealed class StreamClassifier
{
    private readonly Rule[] _rules;

    /// <summary>Makes the lookup form.</summary>
    /// <param name="classes">The classes of a valid policy; the first one has number 1.</param>
    public StreamClassifier(ImmutableArray<StreamClass> classes)
    {
        Names = [Default, .. classes.Select(c => c.Id)];
        _rules = [.. classes
            .SelectMany((c, index) => Rules(c, index + 1))
            .OrderByDescending(rule => rule.Pattern.Letters)
            .ThenBy(rule => rule.Pattern.IsExact ? 0 : 1)
            .ThenBy(rule => rule.Tenant is null ? 1 : 0)
            .ThenBy(rule => rule.Pattern.Text, StringComparer.Ordinal)];
    }

    /// <summary>Name of the class of every stream that no other class claims.</summary>
    public const string Default = "default";

    /// <summary>A classifier without classes.</summary>
    public static StreamClassifier None { get; } = new([]);

    /// <summary>Names of the classes by number, in [0, <see cref="PolicyLimits.Classes"/>]; the first is <see cref="Default"/>.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of the class of a stream; 0 when no class claims it. O(rules); allocates nothing.</summary>
    /// <param name="stream">Bytes of the stream's name.</param>
    /// <param name="tenant">The tenant of the caller's key; null when it has none.</param>
    public int Of(ReadOnlySpan<byte> stream, string? tenant)
    {
        foreach (Rule rule in _rules)
            if ((rule.Tenant is null || rule.Tenant == tenant) && rule.Pattern.Matches(stream)) return rule.Class;
        return 0;
    }

    private static IEnumerable<Rule> Rules(StreamClass streams, int number)
    {
        foreach (string pattern in streams.Streams.IsEmpty ? ["*"] : streams.Streams)
        {
            if (streams.Tenants.IsEmpty) yield return new Rule(StreamPattern.Of(pattern), null, number);
            foreach (string tenant in streams.Tenants) yield return new Rule(StreamPattern.Of(pattern), tenant, number);
        }
    }

    private sealed record Rule(StreamPattern Pattern, string? Tenant, int Class);
}
