namespace Scheduler.Core.Dispatch;

/// <summary>
/// Scored sites, given out in ascending order: the best is found when it is asked for. Finding the least of sixteen twice costs less than
/// keeping them sorted, whose branches no processor can foresee.
/// </summary>
/// <param name="sites">Indexes of the sites.</param>
/// <param name="scores">Their scores, at least 0, <see cref="Closed"/> for one that may not be named; changed on the way.</param>
/// <param name="first">Place of the least score; anything when there are no sites.</param>
internal ref struct SiteRanking(ReadOnlySpan<ushort> sites, Span<float> scores, int first)
{
    private readonly ReadOnlySpan<ushort> _sites = sites;
    private readonly Span<float> _scores = scores;
    private readonly int _first = scores.IsEmpty ? -1 : first;
    private bool _isFirst = true; // the first is known from the scoring; later ones are looked for when they are asked for

    /// <summary>The score of a site that is never given out.</summary>
    public const float Closed = float.MaxValue;

    /// <summary>Gives out the best site that is left.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryTakeBest(out int site, out float score)
    {
        int best = _isFirst ? _first : LeastFloat.IndexOf(_scores);
        site = 0;
        score = Closed;
        if (best < 0 || _scores[best] >= Closed) return false;
        site = _sites[best];
        score = _scores[best];
        _scores[best] = Closed;
        _isFirst = false;
        return true;
    }
}
