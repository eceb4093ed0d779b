using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>Whether demand can be carried at all, and if not, where it is short.</summary>
/// <param name="ShortMbps">Least demand that no assignment can carry, Mbit/s; 0 when all of it can be.</param>
/// <param name="Bottlenecks">Where it is short, the worst first; they share neither cells nor sites. Empty when nothing is short.</param>
public sealed record Feasibility(double ShortMbps, ImmutableArray<Bottleneck> Bottlenecks)
{
    /// <summary>Everything can be carried.</summary>
    public static Feasibility Whole { get; } = new(0, []);

    /// <summary>True when all demand can be carried.</summary>
    public bool IsFeasible => ShortMbps == 0;
}
