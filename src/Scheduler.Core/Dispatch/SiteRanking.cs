using System.Runtime.CompilerServices;

namespace Scheduler.Core.Dispatch;

/// <summary>The few best sites of a scan, ascending in score; lives on the stack.</summary>
internal struct SiteRanking(int length)
{
    [InlineArray(DispatchRequest.MaxWant)]
    private struct Places
    {
        private Choice _first;
    }

    private readonly int _length = length;
    private Places _places;

    /// <summary>Sites held.</summary>
    public int Count { get; private set; }

    /// <summary>True when no site of this cost or more can still get in.</summary>
    public readonly bool Closes(float cost) => Count == _length && cost >= _places[_length - 1].Score;

    /// <summary>A site by rank; its node is not chosen yet.</summary>
    public readonly Choice this[int rank] => _places[rank];

    /// <summary>Puts a site in its place, or drops it when it is worse than all and the ranking is full.</summary>
    public void Offer(int site, float rttMs, float score)
    {
        int place = Count;
        if (place == _length)
        {
            if (score >= _places[_length - 1].Score) return;
            place--;
        }
        else
        {
            Count++;
        }
        for (; place > 0 && _places[place - 1].Score > score; place--) _places[place] = _places[place - 1];
        _places[place] = new Choice(0, site, rttMs, score);
    }

    /// <summary>Replaces the round-trip times by those from a cell.</summary>
    public void MeasureAgain(Routing.RoutingSnapshot snapshot, int cell)
    {
        for (int i = 0; i < Count; i++) _places[i] = _places[i] with { RttMs = SiteSweep.RttMs(snapshot, cell, _places[i].Site) };
    }
}
