using Scheduler.Core.Planning;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>A site drawn by the shares of the last plan, whatever happened since; a cell that it had no demand for takes its cheapest site.</summary>
internal sealed class FractionsOnly(TimedPlan plans, Chance chance) : ISiteRule
{
    /// <summary>Time between two plans, ms.</summary>
    public const long EveryMs = 2_000;

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Plan plan = plans.At(board);
        ReadOnlySpan<int> sites = plan.Problem.Network.SitesOf(cell);
        ReadOnlySpan<double> traffic = plan.TrafficOf(cell);
        double sum = 0;
        int? chosen = null;
        for (int k = 0; k < sites.Length; k++)
        {
            if (sites[k] == without || !board.IsAlive(sites[k])) continue;
            chosen ??= sites[k];
            sum += traffic[k];
        }
        double left = chance.NextDouble() * sum;
        for (int k = 0; k < sites.Length && sum > 0; k++)
        {
            if (traffic[k] == 0 || sites[k] == without || !board.IsAlive(sites[k])) continue;
            chosen = sites[k];
            if ((left -= traffic[k]) < 0) break;
        }
        return chosen;
    }
}
