namespace Scheduler.Core.Drains;

/// <summary>How much may be drained at the same time without force.</summary>
/// <param name="MostIdcs">IDCs of one region that may be drained together; at least 1.</param>
/// <param name="MostShare">Share of a region's capacity that several drains may take together, in [0, 1]. A first drain may take more: the other guards judge it.</param>
public sealed record DrainRules(int MostIdcs, double MostShare)
{
    /// <summary>One IDC; a tenth of the region.</summary>
    public static DrainRules Default { get; } = new(1, 0.1);
}
