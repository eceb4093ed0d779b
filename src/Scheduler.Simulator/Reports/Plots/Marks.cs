using System.Collections.Immutable;

namespace Scheduler.Simulator.Reports.Plots;

/// <summary>What is marked behind the lines of a plot.</summary>
/// <param name="Faults">Times at which something is wrong, shaded.</param>
/// <param name="MeasuredFromS">From when on it is measured, s; null when that is from the beginning on, or when the axis is not time.</param>
/// <param name="Limit">A value of the Y axis not to go over, with its name; null for none.</param>
internal sealed record Marks(ImmutableArray<FaultSpan> Faults, double? MeasuredFromS, (double Value, string Name)? Limit)
{
    /// <summary>Nothing marked.</summary>
    public static Marks None { get; } = new([], null, null);
}
