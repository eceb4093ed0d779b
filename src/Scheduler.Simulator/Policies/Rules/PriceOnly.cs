using Scheduler.Core.Planning;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The cheapest site by the prices of the last plan, whatever happened since: all viewers of a cell go one way until the next plan.</summary>
internal sealed class PriceOnly(TimedPlan plans) : ISiteRule
{
    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Plan plan = plans.At(board);
        PlanNetwork network = plan.Problem.Network;
        int? best = null;
        double least = double.MaxValue;
        for (int k = 0; k < network.SitesOf(cell).Length; k++)
        {
            int site = network.SitesOf(cell)[k];
            double score = network.CostsOf(cell)[k] + plan.Prices[site];
            if (score >= least || site == without || !board.IsAlive(site)) continue;
            least = score;
            best = site;
        }
        return best;
    }
}
