namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The nearest live site, however full: what anycast and plain geo-DNS do.</summary>
internal sealed class Nearest(NearSites near) : ISiteRule
{
    /// <inheritdoc/>
    public int? Choose(ReportBoard board, int cell, int? without)
    {
        Span<int> one = stackalloc int[1];
        return near.Alive(board, cell, without, one) == 1 ? one[0] : null;
    }
}
