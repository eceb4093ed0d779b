using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>Where an operator sends a block of addresses.</summary>
public abstract record OverrideTarget
{
    private OverrideTarget() { }

    /// <summary>The block is in this cell, whatever the database says.</summary>
    /// <param name="Id">Id of the cell.</param>
    public sealed record ToCell(string Id) : OverrideTarget;

    /// <summary>The block is served by these sites; its cell stays the database's.</summary>
    /// <param name="Ids">Ids of the sites, the preferred one first; at least one.</param>
    public sealed record ToSites(ImmutableArray<string> Ids) : OverrideTarget
    {
        /// <summary>Same sites in the same order.</summary>
        public bool Equals(ToSites? other) => other is not null && Ids.AsSpan().SequenceEqual(other.Ids.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (string id in Ids) hash.Add(id, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}
