namespace Scheduler.Simulator.Policies;

/// <summary>A rule that names a site from what a replica knows.</summary>
internal interface ISiteRule
{
    /// <summary>Names a site.</summary>
    /// <param name="board">What the replica knows.</param>
    /// <param name="cell">The viewer's cell.</param>
    /// <param name="without">A site that failed the viewer; null for none.</param>
    /// <returns>Null when no site is alive.</returns>
    int? Choose(ReportBoard board, int cell, int? without);
}
