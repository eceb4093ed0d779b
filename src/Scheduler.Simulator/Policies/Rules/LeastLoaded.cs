namespace Scheduler.Simulator.Policies.Rules;

/// <summary>Of the sixteen nearest live sites the one that reported the least utilisation.</summary>
internal sealed class LeastLoaded(NearSites near) : ISiteRule
{
    private const int Sites = 16;

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Span<int> sites = stackalloc int[Sites];
        int count = near.Alive(board, cell, without, sites);
        int? best = null;
        foreach (int site in sites[..count])
            if (best is not { } known || board.Utilisation(site) < board.Utilisation(known)) best = site;
        return best;
    }
}
