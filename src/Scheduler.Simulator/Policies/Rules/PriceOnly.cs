using Scheduler.Core.Planning;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The cheapest site by the prices of the last plan, whatever happened since: all viewers of a cell go one way until the next plan.</summary>
internal sealed class PriceOnly(TimedPlan plans) : ISiteRule
{
    /// <summary>
    /// Time between two plans, ms. Of cells that a plan splits, prices make all go one way, and the next plan's noise another: so often as this, the rule is what
    /// <c>docs/simulation.md</c> says of it; every two seconds the noise splits the cells, and looks like skill.
    /// </summary>
    public const long EveryMs = 30_000;

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
