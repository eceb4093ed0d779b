using System.Collections.Immutable;

namespace Scheduler.Server.Endpoints.Admin.Watching;

/// <summary>
/// The last events that operators follow, and a bell for who waits for the next. Nothing is kept for a follower: each reads from where it stands, and one that is slower
/// than events are forgotten is told so.
/// </summary>
/// <param name="firstNumber">Number of the first event: the time of the start in ms since 1970, so that numbers grow from start to start.</param>
internal sealed class OperationsFeed(long firstNumber)
{
    /// <summary>Events that are remembered.</summary>
    public const int Kept = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<WatchEvent> _events = new();
    private volatile TaskCompletionSource _next = New();
    private long _last = firstNumber - 1;
    private int _followers;
    private long _dropped;

    /// <summary>Ends with the next event. Taken before the events are read, it misses none.</summary>
    public Task Next => _next.Task;

    /// <summary>Number of the latest event; one below the first while there is none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Callers that follow now.</summary>
    public int Followers => Volatile.Read(ref _followers);

    /// <summary>Followers that did not keep up and were dropped, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Tells an event to all who follow.</summary>
    /// <param name="revision">The revision in force.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="json">What happened, in one line.</param>
    public void Tell(long revision, string type, string json)
    {
        lock (_gate)
        {
            _events.Enqueue(new WatchEvent(_last + 1, revision, type, json));
            if (_events.Count > Kept) _events.Dequeue();
            Volatile.Write(ref _last, _last + 1);
        }
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    /// <summary>The events after one.</summary>
    /// <param name="after">Number of the last event that the follower has; one of an earlier start, or of another replica, is as if he had none of those kept.</param>
    /// <param name="forgotten">True when events after it are no longer there.</param>
    public ImmutableArray<WatchEvent> Read(long after, out bool forgotten)
    {
        lock (_gate)
        {
            forgotten = after >= firstNumber && _events.TryPeek(out WatchEvent? oldest) && after < oldest.Number - 1;
            return after >= _last ? [] : [.. _events.Where(told => told.Number > after)];
        }
    }

    /// <summary>Number of the last event that somebody has who was told of a revision, and of nothing since.</summary>
    /// <param name="revision">The revision.</param>
    public long BeforeAllSince(long revision)
    {
        lock (_gate)
        {
            foreach (WatchEvent told in _events)
                if (told.Revision >= revision) return told.Number - 1;
            return _last;
        }
    }

    /// <summary>Takes one of the places of those who follow.</summary>
    /// <param name="most">How many there are.</param>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _followers) <= most) return true;
        Leave();
        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Leave() => Interlocked.Decrement(ref _followers);

    /// <summary>Counts a follower that did not keep up.</summary>
    public void CountDropped() => Interlocked.Increment(ref _dropped);

    // Who waits must not run on the thread that tells.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
