namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The nearest live site below 80 % of its capacity, by its report and what was assigned since; none: below 100 %; none: the nearest.</summary>
internal sealed class Waterfall(NearSites near) : ISiteRule
{
    private const double Soft = 0.8;

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        int? nearest = null, belowFull = null;
        foreach (int site in near.Of(cell))
        {
            if (site == without || !board.IsAlive(site)) continue;
            double utilisation = board.UtilisationNow(site);
            if (utilisation < Soft) return site;
            nearest ??= site;
            if (utilisation < 1) belowFull ??= site;
        }
        return belowFull ?? nearest;
    }
}
