using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>How a change ended.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>The change stands: persisted, and applied before this value was returned.</summary>
    /// <param name="Configuration">The configuration after it. Its revision is the old one when the change changed nothing.</param>
    public sealed record Committed(Configuration Configuration) : ChangeResult;

    /// <summary>The change would stand; nothing was changed.</summary>
    /// <param name="Before">The configuration as it is.</param>
    /// <param name="After">
    /// The configuration as it would be, under the number of the present one. Sites and nodes that are new in it have numbers that no store gives.
    /// </param>
    /// <param name="DocumentsBefore">The documents of the one, by name.</param>
    /// <param name="DocumentsAfter">The documents of the other, by name.</param>
    public sealed record Foreseen(
        Configuration Before,
        Configuration After,
        ImmutableSortedDictionary<string, Document> DocumentsBefore,
        ImmutableSortedDictionary<string, Document> DocumentsAfter) : ChangeResult;

    /// <summary>The same request had been carried out before; nothing was changed now.</summary>
    /// <param name="Revision">The revision that it made then.</param>
    public sealed record Replayed(Revision Revision) : ChangeResult;

    /// <summary>Another change was first; nothing was changed.</summary>
    /// <param name="Newest">The configuration as it is.</param>
    public sealed record Lost(Configuration Newest) : ChangeResult;

    /// <summary>The change was not allowed; nothing was changed.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(ConfigurationRefusal Refusal) : ChangeResult;
}
