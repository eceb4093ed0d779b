namespace Scheduler.Core.Geo;

/// <summary>What the place of a viewer rests on. Exported as a label: append, never renumber.</summary>
public enum LocatedBy
{
    /// <summary>The cell map.</summary>
    Map = 0,

    /// <summary>An operator's prefix override.</summary>
    Override = 1,

    /// <summary>Nothing is known of the address (private, loopback, not in the database): the operator's default cell.</summary>
    Default = 2,
}
