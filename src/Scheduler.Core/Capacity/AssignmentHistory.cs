namespace Scheduler.Core.Capacity;

/// <summary>
/// What had been assigned to a node at moments of the last 15 s, so that a report can be set against what it can have seen. Sampled on the
/// control tick. A question between two samples gets the earlier one: too much is then counted as new, never too little.
/// </summary>
public sealed class AssignmentHistory
{
    /// <summary>Time between two samples, ms.</summary>
    public const int SampleMs = 250;

    /// <summary>Oldest moment that can be asked for, ms before the newest sample.</summary>
    public const int ReachMs = (Length - 2) * SampleMs;

    private const int Length = 64;
    private readonly long[] _assigned = new long[Length]; // sample i, the first of the window [i, i + 1) * SampleMs, stands at i % Length
    private long _newest;

    /// <summary>A history that begins now.</summary>
    /// <param name="nowMs">Monotonic time, ms; at least 0.</param>
    /// <param name="assigned">Value of <see cref="NodeLedger.Assigned"/> now; also taken for all that lies before.</param>
    public AssignmentHistory(long nowMs, long assigned)
    {
        Array.Fill(_assigned, assigned);
        _newest = nowMs / SampleMs;
    }

    /// <summary>Takes the sample of this moment, unless its window has one already.</summary>
    /// <param name="nowMs">Monotonic time, ms.</param>
    /// <param name="assigned">Value of <see cref="NodeLedger.Assigned"/> now; never less than at the last call.</param>
    public void Sample(long nowMs, long assigned)
    {
        long index = nowMs / SampleMs;
        if (index <= _newest) return;
        long before = _assigned[_newest % Length];
        // Windows without a tick get the value from before the gap, which is too low and therefore safe.
        for (long i = Math.Max(_newest + 1, index - Length + 1); i < index; i++) _assigned[i % Length] = before;
        _assigned[index % Length] = assigned;
        _newest = index;
    }

    /// <summary>What had been assigned by a moment at the least.</summary>
    /// <param name="atMs">Monotonic time, ms; not older than <see cref="ReachMs"/>.</param>
    public long At(long atMs)
    {
        // The sample of the moment's own window may have been taken after the moment; the one before was not.
        long index = Math.Min((Math.Max(0, atMs) / SampleMs) - 1, _newest);
        return _assigned[Math.Max(Math.Max(0, _newest - Length + 1), index) % Length];
    }
}
