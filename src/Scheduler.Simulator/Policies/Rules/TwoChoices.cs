using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The power of two choices across sites: two of the eight nearest by chance, and of these the less utilised.</summary>
internal sealed class TwoChoices(NearSites near, Chance chance) : ISiteRule
{
    private const int Sites = 8;

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Span<int> sites = stackalloc int[Sites];
        int count = near.Alive(board, cell, without, sites);
        if (count == 0) return null;
        int one = sites[chance.Next(count)], other = sites[chance.Next(count)];
        return board.Utilisation(one) <= board.Utilisation(other) ? one : other;
    }
}
