namespace Scheduler.Cli.Load;

/// <summary>Items in the order in which they came. A ring that holds every item once at most, so it never grows.</summary>
/// <param name="items">Number of items.</param>
internal sealed class WorkQueue(int items)
{
    private readonly int[] _ring = new int[Math.Max(1, items)];
    private int _head;

    /// <summary>Items that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item at the end.</summary>
    public void Enqueue(int item)
    {
        if (Count == _ring.Length) throw new InvalidOperationException("An item was queued twice.");
        int tail = _head + Count;
        _ring[tail >= _ring.Length ? tail - _ring.Length : tail] = item;
        Count++;
    }

    /// <summary>Takes the item that waits longest.</summary>
    /// <returns>False when none waits.</returns>
    public bool TryDequeue(out int item)
    {
        if (Count == 0)
        {
            item = 0;
            return false;
        }
        item = _ring[_head];
        if (++_head == _ring.Length) _head = 0;
        Count--;
        return true;
    }

    /// <summary>Notes a moment for every item from a place in the queue to its end.</summary>
    /// <param name="from">Place of the first, 0 for the head; at most <see cref="Count"/>.</param>
    /// <param name="moments">By item.</param>
    /// <param name="moment">What to note.</param>
    public void Stamp(int from, long[] moments, long moment)
    {
        for (int i = from; i < Count; i++)
        {
            int place = _head + i;
            moments[_ring[place >= _ring.Length ? place - _ring.Length : place]] = moment;
        }
    }
}
