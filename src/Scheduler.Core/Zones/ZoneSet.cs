using System.Collections.Immutable;

namespace Scheduler.Core.Zones;

/// <summary>All zones, as one document of the configuration. Immutable; one revision a change.</summary>
/// <param name="Zones">The zones.</param>
public sealed record ZoneSet(ImmutableArray<Zone> Zones)
{
    /// <summary>No zone: what a new store holds.</summary>
    public static ZoneSet Empty { get; } = new([]);
}
