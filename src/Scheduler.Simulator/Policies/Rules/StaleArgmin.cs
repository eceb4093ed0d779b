using Scheduler.Core.Cost;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The product's own score, but on the load as last reported: no count of what was assigned since.</summary>
internal sealed class StaleArgmin(World world, NearSites near) : ISiteRule
{
    private const int Sites = 16;

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Span<int> sites = stackalloc int[Sites];
        int count = near.Alive(board, cell, without, sites);
        int? best = null;
        double least = double.MaxValue;
        foreach (int site in sites[..count])
        {
            double score = world.CostMs(cell, site) + LoadPenalty.Default.Marginal(board.Utilisation(site));
            if (score >= least) continue;
            least = score;
            best = site;
        }
        return best;
    }
}
