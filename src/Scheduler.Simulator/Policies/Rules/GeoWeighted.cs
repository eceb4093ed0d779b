using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>
/// DNS with weights: of the four nearest live sites one by its share of their capacity, and each of a cell's resolvers keeps an answer for its time to
/// live, whatever happens meanwhile.
/// </summary>
internal sealed class GeoWeighted(NearSites near, Chance chance) : ISiteRule
{
    private const int Sites = 4;
    private const int Resolvers = 8;
    private const long TimeToLiveMs = 120_000;

    private readonly Dictionary<(int Cell, int Resolver), (int Site, long UntilMs)> _answers = [];

    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        (int, int) asker = (cell, chance.Next(Resolvers));
        if (_answers.TryGetValue(asker, out (int Site, long UntilMs) kept) && board.NowMs < kept.UntilMs && kept.Site != without) return kept.Site;
        Span<int> sites = stackalloc int[Sites];
        int count = near.Alive(board, cell, without, sites);
        if (count == 0) return null;
        double sum = 0;
        foreach (int site in sites[..count]) sum += board.CapacityKbps(site);
        double left = chance.NextDouble() * sum;
        int chosen = 0;
        while (chosen < count - 1 && (left -= board.CapacityKbps(sites[chosen])) > 0) chosen++;
        _answers[asker] = (sites[chosen], board.NowMs + TimeToLiveMs);
        return sites[chosen];
    }
}
