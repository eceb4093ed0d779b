namespace Scheduler.Cli.Load;

/// <summary>
/// When each of N items is next due. One timer an item, setting and firing in constant time, no allocation after construction: a wheel of slots, each
/// slot a list threaded through arrays (Varghese and Lauck, scheme 6). An item that is due further ahead than one turn waits out the turns in its slot.
/// </summary>
/// <remarks>Time is in ticks of the caller's choice and never runs back. Not thread-safe.</remarks>
internal sealed class TimingWheel
{
    private readonly int[] _slots; // 1 + first item of the slot; 0 for an empty slot
    private readonly int[] _next;  // 1 + next item of the same slot; 0 at the end
    private readonly long[] _due;
    private readonly bool[] _set;
    private readonly long _mask;
    private long _now;

    /// <summary>A wheel that stands at tick 0.</summary>
    /// <param name="items">Number of items, numbered from 0.</param>
    /// <param name="slots">Slots in a turn; a power of two. More slots than the usual wait save turns.</param>
    public TimingWheel(int items, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        if (slots < 1 || (slots & (slots - 1)) != 0) throw new ArgumentException("The number of slots must be a power of two.", nameof(slots));
        _slots = new int[slots];
        _next = new int[items];
        _due = new long[items];
        _set = new bool[items];
        _mask = slots - 1;
    }

    /// <summary>Items whose timer is set.</summary>
    public int Count { get; private set; }

    /// <summary>Sets an item's timer.</summary>
    /// <param name="item">The item; its timer must not be set.</param>
    /// <param name="due">Tick at which it fires; one that has passed fires at the next advance.</param>
    public void Set(int item, long due)
    {
        if (_set[item]) throw new InvalidOperationException($"The timer of item {item} is set already.");
        // Every slot up to _now has been visited: what is late goes into the next one that will be.
        due = Math.Max(due, _now + 1);
        ref int slot = ref _slots[due & _mask];
        _next[item] = slot;
        slot = item + 1;
        _due[item] = due;
        _set[item] = true;
        Count++;
    }

    /// <summary>Moves to a tick and hands out what has become due on the way, tick by tick.</summary>
    /// <param name="now">The tick; one that has passed changes nothing.</param>
    /// <param name="fired">Where due items go.</param>
    public void Advance(long now, WorkQueue fired)
    {
        // After a pause longer than a turn one turn visits every slot; what is due then fires whatever its slot.
        if (now - _now > _slots.Length) _now = now - _slots.Length;
        while (_now < now)
        {
            _now++;
            ref int slot = ref _slots[_now & _mask];
            int link = slot;
            slot = 0;
            while (link != 0)
            {
                int item = link - 1;
                link = _next[item];
                if (_due[item] <= now)
                {
                    _set[item] = false;
                    Count--;
                    fired.Enqueue(item);
                }
                else
                {
                    _next[item] = slot;
                    slot = item + 1;
                }
            }
        }
    }

    /// <summary>Fires every timer that is set, whenever it is due.</summary>
    /// <param name="fired">Where the items go, in no order.</param>
    public void FireAll(WorkQueue fired)
    {
        if (Count == 0) return;
        for (int s = 0; s < _slots.Length; s++)
        {
            for (int link = _slots[s]; link != 0; link = _next[link - 1])
            {
                _set[link - 1] = false;
                fired.Enqueue(link - 1);
            }
            _slots[s] = 0;
        }
        Count = 0;
    }
}
