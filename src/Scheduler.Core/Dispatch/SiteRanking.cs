namespace Scheduler.Core.Dispatch;

/// <summary>
/// Scored sites, given out in ascending order: the best is found when it is asked for. Finding the least of sixteen twice costs less than
/// keeping them sorted, whose branches no processor can foresee.
/// </summary>
/// <param name="sites">Indexes of the sites.</param>
/// <param name="scores">
/// Their scores, each bearing its place (<see cref="LeastFloat"/>), filled up to whole blocks; <see cref="Closed"/> or more for a site that may not be named.
/// </param>
/// <param name="least">Bits of the least score; <see cref="LeastFloat.None"/> when there are no sites.</param>
internal ref struct SiteRanking(ReadOnlySpan<ushort> sites, ReadOnlySpan<float> scores, int least)
{
    private readonly ReadOnlySpan<ushort> _sites = sites;
    private readonly ReadOnlySpan<float> _scores = scores;
    private int _next = least;                // what is given out next
    private bool _isNextKnown = true;         // it is looked for when it is asked for
    private int _last = -1;                   // how far the order was followed
    private int _preferred = LeastFloat.None; // given out before its turn

    /// <summary>Score from which on a site is never given out: 2^100, so that what is added to it and the place that it bears leave it as it is.</summary>
    public const float Closed = 1.2676506e30f;

    /// <summary>The sites.</summary>
    public readonly ReadOnlySpan<ushort> Sites => _sites;

    /// <summary>Their scores, beside <see cref="Sites"/>, and what fills them up.</summary>
    public readonly ReadOnlySpan<float> Scores => _scores;

    /// <summary>Place of the best site; below 0 when there is none. To be asked before any is given out.</summary>
    public readonly int First => IsOpen(_next) ? LeastFloat.PlaceOf(_next) : -1;

    /// <summary>Has another site given out first; the rest follow in the order of their scores. To be called before any is given out.</summary>
    /// <param name="place">Its place.</param>
    public void Prefer(int place) => _next = _preferred = BitConverter.SingleToInt32Bits(_scores[place]);

    /// <summary>Tells the site that is given out next, and leaves it.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryPeek(out int site)
    {
        if (!_isNextKnown)
        {
            _next = LeastFloat.LeastAbove(_scores, _last);
            if (_next == _preferred) _next = LeastFloat.LeastAbove(_scores, _next);
            _isNextKnown = true;
        }
        bool found = IsOpen(_next);
        site = found ? _sites[LeastFloat.PlaceOf(_next)] : 0;
        return found;
    }

    /// <summary>Gives out the best site that is left.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryTakeBest(out int site, out float score)
    {
        bool found = TryPeek(out site);
        score = BitConverter.Int32BitsToSingle(_next);
        if (_next != _preferred) _last = _next;
        _isNextKnown = !found;
        return found;
    }

    private static bool IsOpen(int bits) => BitConverter.Int32BitsToSingle(bits) < Closed; // the bits of none are those of no number, which is below nothing
}
