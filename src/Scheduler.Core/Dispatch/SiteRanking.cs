using System.Runtime.CompilerServices;

namespace Scheduler.Core.Dispatch;

/// <summary>The few best sites of a scan, ascending in score; lives on the stack.</summary>
internal struct SiteRanking
{
    [InlineArray(DispatchRequest.MaxWant)]
    private struct Places<T>
    {
        private T _first;
    }

    private readonly int _length;
    private Places<float> _scores;
    private Places<int> _sites;

    /// <summary>An empty ranking.</summary>
    /// <param name="length">Sites it holds at most, in [1, <see cref="DispatchRequest.MaxWant"/>].</param>
    public SiteRanking(int length)
    {
        _length = length;
        Worst = float.MaxValue;
    }

    /// <summary>Sites held.</summary>
    public int Count { get; private set; }

    /// <summary>The score that a site must be better than to get in.</summary>
    public float Worst { get; private set; }

    /// <summary>Index of the site of a rank.</summary>
    public readonly int SiteAt(int rank) => _sites[rank];

    /// <summary>Score of the site of a rank.</summary>
    public readonly float ScoreAt(int rank) => _scores[rank];

    /// <summary>Puts a site in its place, or drops it when it is no better than <see cref="Worst"/>.</summary>
    public void Offer(int site, float score)
    {
        if (score >= Worst) return;
        int place = Count == _length ? _length - 1 : Count++;
        for (; place > 0 && _scores[place - 1] > score; place--)
        {
            _scores[place] = _scores[place - 1];
            _sites[place] = _sites[place - 1];
        }
        _scores[place] = score;
        _sites[place] = site;
        if (Count == _length) Worst = _scores[_length - 1];
    }
}
