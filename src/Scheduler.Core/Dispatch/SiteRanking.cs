namespace Scheduler.Core.Dispatch;

/// <summary>
/// Scored sites, given out in ascending order: the best is found when it is asked for. Finding the least of sixteen twice costs less than
/// keeping them sorted, whose branches no processor can foresee.
/// </summary>
/// <param name="sites">Indexes of the sites.</param>
/// <param name="scores">Their scores as of <see cref="LeastFloat.At(float, int)"/>, <see cref="Closed"/> or more for one that may not be named; changed on the way.</param>
/// <param name="first">Place of the least score; anything when there are no sites.</param>
internal ref struct SiteRanking(ReadOnlySpan<ushort> sites, Span<float> scores, int first)
{
    private readonly ReadOnlySpan<ushort> _sites = sites;
    private readonly Span<float> _scores = scores;
    private int _first = scores.IsEmpty ? -1 : first;
    private bool _isFirst = true; // the first is known from the scoring; later ones are looked for when they are asked for

    /// <summary>Score from which on a site is never given out: 2^100, so that what is added to it and the place that it bears leave it as it is.</summary>
    public const float Closed = 1.2676506e30f;

    /// <summary>The sites.</summary>
    public readonly ReadOnlySpan<ushort> Sites => _sites;

    /// <summary>Their scores, beside <see cref="Sites"/>.</summary>
    public readonly ReadOnlySpan<float> Scores => _scores;

    /// <summary>Place of the site that is given out first; below 0 when there are no sites.</summary>
    public readonly int First => _first;

    /// <summary>Has another site given out first. The rest follow in the order of their scores.</summary>
    /// <param name="place">Its place.</param>
    public void Prefer(int place) => _first = place;

    /// <summary>Tells the best site that is left, and leaves it.</summary>
    /// <returns>False when none is left.</returns>
    public readonly bool TryPeek(out int site)
    {
        int best = _isFirst ? _first : LeastFloat.PlaceOfLeast(_scores);
        site = best < 0 || _scores[best] >= Closed ? 0 : _sites[best];
        return best >= 0 && _scores[best] < Closed;
    }

    /// <summary>Gives out the best site that is left.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryTakeBest(out int site, out float score)
    {
        int best = _isFirst ? _first : LeastFloat.PlaceOfLeast(_scores);
        site = 0;
        score = Closed;
        if (best < 0 || _scores[best] >= Closed) return false;
        site = _sites[best];
        score = _scores[best];
        _scores[best] = LeastFloat.At(Closed, best);
        _isFirst = false;
        return true;
    }
}
