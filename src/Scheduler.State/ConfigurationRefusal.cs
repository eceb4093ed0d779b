using System.Collections.Immutable;

namespace Scheduler.State;

/// <summary>Why a change was not made.</summary>
/// <param name="Kind">The class of the reason.</param>
/// <param name="Detail">The reason, one sentence for people.</param>
/// <param name="Problems">Fields at fault, every one; empty when no single field is.</param>
/// <param name="Existing">Id of what stands in the way; null when nothing of that kind does.</param>
public sealed record ConfigurationRefusal(
    ConfigurationRefusalKind Kind,
    string Detail,
    ImmutableArray<ConfigurationProblem> Problems,
    string? Existing = null)
{
    /// <summary>A refusal for one field.</summary>
    /// <param name="kind">The class of the reason.</param>
    /// <param name="field">The field at fault.</param>
    /// <param name="reason">What is wrong and what would be right.</param>
    /// <param name="existing">Id of what stands in the way; null when nothing does.</param>
    public static ConfigurationRefusal Of(ConfigurationRefusalKind kind, string field, string reason, string? existing = null)
        => new(kind, reason, [new ConfigurationProblem(field, reason)], existing);
}
