namespace Scheduler.Core.Capacity;

/// <summary>The least of the values of the last W milliseconds; holds the eight newest values, more than W ever contains at one report a second.</summary>
public struct MinimumWindow
{
    private const int Length = 8;

    [System.Runtime.CompilerServices.InlineArray(Length)]
    private struct Eight<T>
    {
        private T _first;
    }

    private Eight<long> _values;
    private Eight<long> _times;
    private int _count;

    /// <summary>Adds a value and gives the least of the window that ends with it.</summary>
    /// <param name="nowMs">Monotonic time, ms; not before the last call's.</param>
    /// <param name="value">The newest value.</param>
    /// <param name="windowMs">W.</param>
    public long Add(long nowMs, long value, long windowMs)
    {
        int slot = _count++ % Length;
        _values[slot] = value;
        _times[slot] = nowMs;
        long least = value;
        for (int i = 0; i < Math.Min(_count, Length); i++)
            if (nowMs - _times[i] <= windowMs) least = Math.Min(least, _values[i]);
        return least;
    }

    /// <summary>Forgets all values: after a silence nothing of the time before counts.</summary>
    public void Clear() => _count = 0;
}
