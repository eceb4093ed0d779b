using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Simulator.Nodes;

/// <summary>
/// The streams that a node serves, with their viewers. A report takes the next few of them in turn, so that each is told again before the scheduler
/// forgets that it is warm.
/// </summary>
internal sealed class StreamShelf
{
    /// <summary>Entries of one report.</summary>
    private const int EntriesPerReport = 16;

    private readonly Dictionary<int, int> _places = [];
    private readonly List<(int Stream, int Viewers)> _streams = [];
    private int _next;

    /// <summary>One viewer more.</summary>
    /// <returns>True for the first.</returns>
    public bool Add(int stream)
    {
        if (_places.TryGetValue(stream, out int place))
        {
            _streams[place] = (stream, _streams[place].Viewers + 1);
            return false;
        }
        // A new stream takes the place that is told next.
        _places[stream] = _streams.Count;
        _streams.Add((stream, 1));
        Swap(_streams.Count - 1, _next = Math.Min(_next, _streams.Count - 1));
        return true;
    }

    /// <summary>One viewer less.</summary>
    /// <returns>True for the last.</returns>
    public bool Remove(int stream)
    {
        int place = _places[stream];
        if (_streams[place].Viewers > 1)
        {
            _streams[place] = (stream, _streams[place].Viewers - 1);
            return false;
        }
        Swap(place, _streams.Count - 1);
        _streams.RemoveAt(_streams.Count - 1);
        _places.Remove(stream);
        if (_next >= _streams.Count) _next = 0;
        return true;
    }

    /// <summary>The entries of the next report.</summary>
    /// <param name="names">Hash of each stream's name.</param>
    /// <param name="kbps">What a viewer weighs, kbit/s.</param>
    public ImmutableArray<StreamLoad> NextEntries(ulong[] names, long kbps)
    {
        int count = Math.Min(EntriesPerReport, _streams.Count);
        if (count == 0) return [];
        var entries = new StreamLoad[count];
        for (int i = 0; i < count; i++)
        {
            (int stream, int viewers) = _streams[_next];
            entries[i] = new StreamLoad(names[stream], viewers, viewers * kbps);
            _next = _next + 1 == _streams.Count ? 0 : _next + 1;
        }
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    private void Swap(int a, int b)
    {
        (_streams[a], _streams[b]) = (_streams[b], _streams[a]);
        _places[_streams[a].Stream] = a;
        _places[_streams[b].Stream] = b;
    }
}
